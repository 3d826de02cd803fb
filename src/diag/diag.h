/* Diagnostics: everything that has a place in a source file.  Stages append to one list and go on; the caller stops
 * between stages when there are errors.  Printing is elsewhere (diag/show.h).
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIAG_DIAG_H
#define LX_DIAG_DIAG_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

struct lx_arena;

/* A half-open range of bytes of a registered source file.  FILE 0: no place. */
struct lx_span {
	uint32_t file;
	uint32_t start;
	uint32_t end;
};
#define LX_NO_SPAN ((struct lx_span){0, 0, 0})
struct lx_span lx_span_join(struct lx_span a, struct lx_span b); /* from the start of A to the end of B */

/* Every code, one row in codes.def: LX_E0101 … */
enum lx_code {
#define LX_CODE(id, severity, title, explanation) LX_##id,
#include "diag/codes.def"
#undef LX_CODE
	LX_CODE_COUNT
};
enum lx_severity { LX_ERROR, LX_WARNING, LX_NOTE };

struct lx_source { /* a file that was read; text is owned by the sources' arena */
	const char *path;
	const char *text;
	uint32_t length;
	uint32_t *lines; /* start of each line, built on first use */
	uint32_t line_count;
};

struct lx_label { /* a second place: "first declared here" */
	struct lx_label *next;
	struct lx_span span;
	const char *text;
};
struct lx_fix { /* replace SPAN by TEXT */
	struct lx_fix *next;
	struct lx_span span;
	const char *text;
	const char *title;
};
struct lx_note {
	struct lx_note *next;
	const char *text;
};
struct lx_diag {
	enum lx_code code;
	enum lx_severity severity;
	struct lx_span span;
	const char *message;
	struct lx_label *labels;
	struct lx_note *notes;
	const char *help;
	struct lx_fix *fixes;
};

/* The list, with the sources that its spans point into.  All memory is in ARENA. */
struct lx_diags {
	struct lx_arena *arena;
	struct lx_vec sources; /* struct lx_source *, index = file - 1 */
	struct lx_vec list;    /* struct lx_diag * */
	size_t errors;
	size_t warnings;
	size_t dropped; /* beyond the cap of LX_DIAG_CAP errors */
};
enum { LX_DIAG_CAP = 50 };

void lx_diags_init(struct lx_diags *diags, struct lx_arena *arena);
/* Registers a source; PATH and TEXT are borrowed and must live as long as DIAGS.  Returns its file number (≥ 1). */
uint32_t lx_diags_source(struct lx_diags *diags, const char *path, const char *text, size_t length);
struct lx_source *lx_diags_source_of(const struct lx_diags *diags, uint32_t file); /* NULL: none */
/* 1-based line and column (in characters) of byte OFFSET; clamps. */
void lx_source_place(struct lx_diags *diags, uint32_t file, uint32_t offset, uint32_t *line, uint32_t *column);

/* Appends a diagnostic; never NULL (beyond the cap it is a throw-away object that is counted in DROPPED). */
struct lx_diag *lx_report(struct lx_diags *diags, enum lx_code code, struct lx_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void lx_diag_label(struct lx_diags *diags, struct lx_diag *diag, struct lx_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void lx_diag_note(struct lx_diags *diags, struct lx_diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void lx_diag_help(struct lx_diags *diags, struct lx_diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void lx_diag_fix(struct lx_diags *diags, struct lx_diag *diag, struct lx_span span, const char *text,
		 const char *title);

/* "E0101" and the other columns of codes.def. */
const char *lx_code_name(enum lx_code code);
enum lx_severity lx_code_severity(enum lx_code code);
const char *lx_code_title(enum lx_code code);
const char *lx_code_explanation(enum lx_code code);
/* The code called NAME ("E0101", in any case), or LX_CODE_COUNT. */
enum lx_code lx_code_find(const char *name);

/* The candidate nearest to WORD by changed, added, lost and swapped letters (at most a third of its length), or
 * NULL: for "did you mean". */
const char *lx_nearest(const char *word, const char *const *candidates, size_t count);
#endif
