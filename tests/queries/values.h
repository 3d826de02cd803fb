/* Values as psql prints them, and arguments from the text that SQL has for them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_QUERIES_VALUES_H
#define TESTS_QUERIES_VALUES_H
#include <lexo/lexo.h>

/* Each prints one column of the row: a bar before all but the first one, \N for NULL. */
#define DECLARE(name, type)                                                                                            \
	void put_##name(lexo_##type value);                                                                            \
	void put_opt_##name(lexo_opt_##type value);                                                                    \
	void put_##name##_array(lexo_##type##_array value);
DECLARE(date, date)
DECLARE(timestamp, ts)
DECLARE(timestamptz, ts)
DECLARE(time, time)
DECLARE(interval, interval)
DECLARE(inet, inet)
DECLARE(uuid, uuid)
DECLARE(i32_range, i32_range)
DECLARE(date_range, date_range)
#undef DECLARE
#define DECLARE(name, type)                                                                                            \
	void put_##name(type value);                                                                                   \
	void put_opt_##name(lexo_opt_##name value);                                                                    \
	void put_##name##_array(lexo_##name##_array value);
DECLARE(bool, bool)
DECLARE(i16, int16_t)
DECLARE(i32, int32_t)
DECLARE(i64, int64_t)
DECLARE(f32, float)
DECLARE(f64, double)
#undef DECLARE
void put_str(lexo_str value);
void put_str_array(lexo_str_array value);
void put_json(lexo_json value);
void put_date_multirange(lexo_date_range_array value);
void put_json_array(lexo_json_array value);
void put_bytes(lexo_bytes value);
void put_label(const char *value); /* "": NULL */
void end_row(void);

lexo_date date_of(const char *text);         /* 2024-01-31[ BC], infinity */
lexo_ts ts_of(const char *text);             /* 2024-01-31[ 10:00[:00]][+00], infinity */
lexo_time time_of(const char *text);         /* 10:00[:00] */
lexo_interval interval_of(const char *text); /* 3 days, 2 hours, 1 month; several of them; [-]10:00[:00] */
lexo_uuid uuid_of(const char *text);
lexo_i32_range i32_range_of(const char *text); /* [1,5) */
lexo_date_range date_range_of(const char *text);
lexo_json json_of(const char *text);
#endif
