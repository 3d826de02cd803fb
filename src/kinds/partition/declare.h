/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_PARTITION_DECLARE_H
#define LX_KINDS_PARTITION_DECLARE_H
struct lx_declare;
struct lx_node;
struct lx_object;

/* Reads @partition_of(Model, `bound`) of TABLE. */
void lx_partition_annotation(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *table);
#endif
