/* Annotations of an item as a list that can be divided: a field line carries those of the column, of its key and of its
 * foreign key.  The nodes are copies in declare->arena.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CHECK_ANNOTATIONS_H
#define LX_CHECK_ANNOTATIONS_H
#include <stdbool.h>
#include <stddef.h>

#include "syntax/ast.h"

struct lx_cursor;
struct lx_declare;
struct lx_object;

/* Copies the run of annotations at CURSOR and moves behind it. */
struct lx_node *lx_annotations_take(struct lx_declare *declare, struct lx_cursor *cursor);
/* Cuts the annotations whose words are in WORDS (NULL-terminated) out of *LIST, in order. */
struct lx_node *lx_annotations_cut(struct lx_node **list, const char *const *words);
/* The first annotation WORD of LIST, or NULL. */
const struct lx_node *lx_annotations_find(const struct lx_node *list, const char *word);
/* Reads LIST by the attribute rows of OBJECT's kind (lx_attr_parse).  WORDS (NULL-terminated, or NULL) are others that
 * could stand there: candidates for "did you mean". */
void lx_annotations_apply(struct lx_declare *declare, struct lx_node *list, struct lx_object *object,
			  const char *const *words);
/* Reports arguments of an annotation that has none.  False: reported. */
bool lx_annotation_is_bare(struct lx_declare *declare, const struct lx_node *annotation);
#endif
