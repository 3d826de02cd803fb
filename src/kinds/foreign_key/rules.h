/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FOREIGN_KEY_RULES_H
#define LX_KINDS_FOREIGN_KEY_RULES_H
struct lx_declare;
struct lx_object;

/* In the order of enum lx_foreign_key_action, NULL-terminated. */
extern const char *const lx_foreign_key_actions[];
/* Finds the target and checks that PostgreSQL will take the reference. */
void lx_foreign_key_resolve(struct lx_declare *declare, struct lx_object *object);
#endif
