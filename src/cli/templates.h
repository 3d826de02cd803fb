/* The files that lexo init starts a project with.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_TEMPLATES_H
#define LX_CLI_TEMPLATES_H
#include <stddef.h>

struct lx_template_file {
	const char *path; /* NULL: the end */
	const char *text;
};
struct lx_template {
	const char *name, *summary;
	const struct lx_template_file *files;
	const char *next; /* what to do then */
};
/* All of them; the first is the default. */
const struct lx_template *lx_templates(size_t *count);
/* The one called NAME, or NULL. */
const struct lx_template *lx_template_find(const char *name);
#endif
