/* An index or key of a partitioned table has one in each partition, its parts.  They are made before it, or before the
 * partition is attached, and PostgreSQL takes what is there (DefineIndex, AttachPartitionEnsureIndexes).
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_INDEX_PARTS_H
#define LX_KINDS_INDEX_PARTS_H
#include "ir/schema.h"

struct lx_depends;
struct lx_sql;

/* Adds PART, an index or key with part_of, to the parts of the one that it is of.  False: there is none of that name.
 */
bool lx_index_link(struct lx_arena *arena, struct lx_object *part);
/* The same for all objects of KIND; where there is none, the name is kept and nothing is ordered by it. */
void lx_index_link_all(struct lx_schema *schema, enum lx_kind kind);
/* Hooks of indexes and keys (kinds/kind.h). */
const struct lx_object *lx_index_whole(const struct lx_object *object);
const struct lx_vec *lx_index_parts(const struct lx_object *object);
/* When a column gets another type PostgreSQL builds its indexes again; those of partitions then get new names and have
 * lost what was said about them (ATPostAlterTypeCleanup), so lexo does it. */
unsigned lx_index_reactions(const struct lx_object *object);
/* True when both, of one table, are on the same columns. */
bool lx_index_is_twin(const struct lx_object *object, const struct lx_object *other);
/* Of two that say the same, the older one becomes a partition's share of the one above. */
void lx_index_depend_on_shares(struct lx_depends *depends, const struct lx_object *object);
/* True when a partition has more than one that PostgreSQL could take for its share of WHOLE: it is made alone then, and
 * gets its parts by name. */
bool lx_index_is_ambiguous(const struct lx_object *whole);
void lx_index_attach_parts(struct lx_sql *sql, const struct lx_object *whole);
bool lx_index_is_partitioned(const struct lx_object *object);
/* Calls FOUND for the indexes and keys of TABLE that its PARTITION lacks, or has two to choose from for: attaching the
 * partition would give it one, or take the other. */
void lx_index_upset(const struct lx_object *table, const struct lx_object *partition,
		    void (*found)(void *context, const struct lx_object *object), void *context);
#endif
