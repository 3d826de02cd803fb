/* Parts of a page: see page.c.  What comes from models is nothing but text in them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CODEGEN_PAGE_H
#define LX_CODEGEN_PAGE_H
#include "codegen/write.h"

/* page_text.c: VALUE (NULL: none) as a line that is no markup, HTML or end of a cell; the same as code; what an object
 * says of itself, its paragraphs apart; and its first paragraph as a line. */
void lx_page_text(struct lx_c_text *text, const char *value);
void lx_page_code(struct lx_c_text *text, const char *value);
void lx_page_doc(struct lx_c_text *text, const struct lx_object *object);
void lx_page_summary(struct lx_c_text *text, const struct lx_object *object);

/* page_keys.c: what MODEL is found by, what it refers to and what refers to it, and its indexes. */
void lx_page_keys(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model);
#endif
