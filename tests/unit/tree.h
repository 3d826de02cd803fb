/* A parsed tree as text without places: two trees are equal exactly when their texts are.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_TESTS_TREE_H
#define LX_TESTS_TREE_H
struct lx_buffer;
struct lx_file;
struct lx_item;

/* One line an item: words as they are, QUOTED in "", STRING in '', SQL in ``, BODY in $$, puncts as they are,
 * annotations with @, groups in their brackets; a doc comment in « » before the item. */
void tree_dump(struct lx_buffer *out, const struct lx_file *file);
void tree_dump_item(struct lx_buffer *out, const struct lx_item *item);
#endif
