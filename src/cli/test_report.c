/* What `lexo test` found out, for people, machines and CI systems.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "cli/test_revision.h"

const char *const lx_test_verdicts[] = {"ok", "failed", "up only", "not run"};
const char *const lx_test_keys[] = {"ok", "failed", "up_only", "not_run"};

/* --- people ----------------------------------------------------------------------------------------------------------
 */

/* TEXT with every line behind INDENT. */
static void print_indented(struct lx_cli *cli, const char *indent, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");
		lx_cli_print(cli, "%s%.*s\n", indent, (int)length, text);
		text += length + (text[length] ? 1 : 0);
	}
}

static void print_problem(struct lx_cli *cli, const struct lx_test_problem *problem)
{
	lx_cli_print(cli, "    %s: %s%s%s%s\n", problem->phase, problem->message, problem->code ? " [" : "",
		     problem->code ? problem->code : "", problem->code ? "]" : "");
	if (problem->where)
		lx_cli_print(cli, "      --> %s\n", problem->where);
	LX_EACH (const char *, object, &problem->objects)
		lx_cli_print(cli, "      %s\n", object);
	if (problem->statement)
		print_indented(cli, "      | ", problem->statement);
	if (problem->remedy) {
		lx_cli_print(cli, "      what would make up for it:\n");
		print_indented(cli, "      | ", problem->remedy);
	}
}

void lx_test_print(struct lx_cli *cli, const struct lx_test_result *result)
{
	static const char *const colors[] = {"\033[32m", "\033[1;31m", "\033[33m", "\033[33m"};
	const struct lx_revision *revision = result->revision;
	bool has_color = cli->has_color_out;
	lx_cli_print(cli, "%s%-8s%s %s%s%s", has_color ? colors[result->verdict] : "",
		     lx_test_verdicts[result->verdict], has_color ? "\033[0m" : "", revision->id,
		     revision->message[0] ? ", " : "", revision->message);
	lx_cli_print(cli, "%s%s%s\n", result->reason ? " (" : "", result->reason ? result->reason : "",
		     result->reason ? ")" : "");
	LX_EACH (const struct lx_test_problem *, problem, &result->problems)
		print_problem(cli, problem);
	lx_cli_flush(cli); /* it is watched */
}

/* --- JSON ------------------------------------------------------------------------------------------------------------
 */

static void json_problem(struct lx_json *json, const struct lx_test_problem *problem)
{
	lx_json_open_object(json);
	lx_json_key_string(json, "phase", problem->phase);
	lx_json_key_string(json, "code", problem->code);
	lx_json_key_string(json, "message", problem->message);
	lx_json_key_string(json, "where", problem->where);
	lx_json_key_string(json, "sqlstate", problem->sqlstate);
	lx_json_key_string(json, "help", problem->help);
	lx_json_key_string(json, "statement", problem->statement);
	lx_json_key(json, "objects");
	lx_json_open_array(json);
	LX_EACH (const char *, object, &problem->objects)
		lx_json_string(json, object);
	lx_json_close_array(json);
	lx_json_key_string(json, "remedy", problem->remedy);
	lx_json_close_object(json);
}

static void json_fields(struct lx_json *json, const struct lx_test_result *result)
{
	lx_json_key_string(json, "revision", result->revision->id);
	lx_json_key_string(json, "message", result->revision->message);
	lx_json_key_string(json, "path", result->revision->path);
	lx_json_key_string(json, "verdict", lx_test_keys[result->verdict]);
	lx_json_key_string(json, "reason", result->reason);
	lx_json_key_integer(json, "ms", result->milliseconds);
	lx_json_key(json, "problems");
	lx_json_open_array(json);
	LX_EACH (const struct lx_test_problem *, problem, &result->problems)
		json_problem(json, problem);
	lx_json_close_array(json);
}

void lx_test_print_json(struct lx_cli *cli, const struct lx_test_result *result)
{
	lx_json_open_object(&cli->json);
	json_fields(&cli->json, result);
	lx_json_close_object(&cli->json);
	if (!lx_cli_event_open(cli, "tested"))
		return;
	json_fields(&cli->event, result);
	lx_cli_event_close(cli);
}

/* --- JUnit -----------------------------------------------------------------------------------------------------------
 */

/* XML 1.0 has no way to write most control characters. */
static void add_xml(struct lx_buffer *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\n' || c == '\t')
			lx_buffer_printf(out, "&#%u;", c);
		else
			lx_buffer_char(out, c < ' ' || c == 127 ? '?' : (char)c);
	}
}

static void add_attribute(struct lx_buffer *out, const char *name, const char *value)
{
	lx_buffer_printf(out, " %s=\"", name);
	add_xml(out, value);
	lx_buffer_char(out, '"');
}

static void add_failure(struct lx_buffer *out, const struct lx_test_problem *problem)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_printf(&text, "%s: %s\n%s\n", problem->phase, problem->message, problem->where ? problem->where : "");
	LX_EACH (const char *, object, &problem->objects)
		lx_buffer_printf(&text, "%s\n", object);
	if (problem->statement)
		lx_buffer_printf(&text, "%s\n", problem->statement);
	if (problem->remedy)
		lx_buffer_printf(&text, "what would make up for it:\n%s\n", problem->remedy);
	lx_buffer_string(out, "      <failure");
	add_attribute(out, "type", problem->code ? problem->code : problem->phase);
	add_attribute(out, "message", problem->message);
	lx_buffer_char(out, '>');
	add_xml(out, lx_buffer_text(&text));
	lx_buffer_string(out, "</failure>\n");
	lx_buffer_free(&text);
}

static void add_case(struct lx_buffer *out, const struct lx_test_result *result)
{
	const struct lx_revision *revision = result->revision;
	struct lx_buffer name = LX_BUFFER_INIT;
	lx_buffer_printf(&name, "%s%s%s", revision->id, revision->message[0] ? " " : "", revision->message);
	lx_buffer_string(out, "    <testcase classname=\"lexo.test\"");
	add_attribute(out, "name", lx_buffer_text(&name));
	add_attribute(out, "file", revision->path);
	lx_buffer_printf(out, " time=\"%ld.%03ld\">\n", result->milliseconds / 1000, result->milliseconds % 1000);
	if (result->reason) {
		lx_buffer_string(out, "      <skipped");
		add_attribute(out, "message", result->reason);
		lx_buffer_string(out, "/>\n");
	}
	LX_EACH (const struct lx_test_problem *, problem, &result->problems)
		add_failure(out, problem);
	lx_buffer_string(out, "    </testcase>\n");
	lx_buffer_free(&name);
}

void lx_test_print_junit(struct lx_buffer *out, const struct lx_vec *results)
{
	size_t failures = 0, skipped = 0;
	long milliseconds = 0;
	LX_EACH (const struct lx_test_result *, result, results) {
		failures += result->verdict == LX_TEST_FAILED;
		skipped += result->reason != NULL;
		milliseconds += result->milliseconds;
	}
	lx_buffer_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
	lx_buffer_printf(out,
			 "  <testsuite name=\"lexo test\" tests=\"%u\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\" "
			 "time=\"%ld.%03ld\">\n",
			 results->length, failures, skipped, milliseconds / 1000, milliseconds % 1000);
	LX_EACH (const struct lx_test_result *, result, results)
		add_case(out, result);
	lx_buffer_string(out, "  </testsuite>\n</testsuites>\n");
}
