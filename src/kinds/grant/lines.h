/* Grant lines become grants (one a role and target) when every file is declared: only then the targets are known.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_GRANT_LINES_H
#define LX_KINDS_GRANT_LINES_H
struct lx_declare;

/* Called once, behind lx_mixins_expand and before anything is resolved. */
void lx_grants_expand(struct lx_declare *declare);
#endif
