/* Prints diagnostics: for people (caret, labels, help, fix), one line a diagnostic (gcc), GitHub annotations, JSON.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIAG_SHOW_H
#define LX_DIAG_SHOW_H
#include <stdbool.h>
#include <stdint.h>

struct lx_buffer;
struct lx_diags;
struct lx_json;

/* Sorted by place; ends with "N errors, N warnings".  With COLOR: ANSI escapes.  Control characters of the source are
 * shown escaped. */
void lx_show_text(struct lx_buffer *out, struct lx_diags *diags, bool color);
void lx_show_gcc(struct lx_buffer *out, struct lx_diags *diags);
void lx_show_github(struct lx_buffer *out, struct lx_diags *diags);
/* Items of GitLab's Code Quality report (docs.gitlab.com/ci/testing/code_quality): the caller has opened the array.  A
 * diagnostic without a place is left out. */
struct lx_gitlab_problem {
	const char *code, *severity, *message;
	const char *help; /* or NULL */
	const char *path;
	int64_t line;
};
void lx_show_gitlab(struct lx_json *json, struct lx_diags *diags);
void lx_show_gitlab_problem(struct lx_json *json, const struct lx_gitlab_problem *problem);
/* Writes one JSON array value (the caller has written the key). */
void lx_show_json(struct lx_json *json, struct lx_diags *diags);
#endif
