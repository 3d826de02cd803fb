/* Times as people write them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <string.h>

#include "cli/config.h"

bool lx_config_milliseconds(const char *text, int *milliseconds)
{
	static const struct {
		const char *unit;
		double factor;
	} units[] = {{"", 1}, {"ms", 1}, {"s", 1000}, {"min", 60000}, {"m", 60000}, {"h", 3600000}};
	size_t digits = strspn(text, "0123456789");
	const char *unit = text + digits + strspn(text + digits, " ");
	double number = 0;
	if (!digits || digits > 12)
		return false;
	for (size_t i = 0; i < digits; i++)
		number = 10 * number + (text[i] - '0');
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (strcmp(unit, units[i].unit) != 0)
			continue;
		double value = number * units[i].factor;
		if (value > INT_MAX)
			return false;
		*milliseconds = (int)value;
		return true;
	}
	return false;
}
