/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIAG_SORTED_H
#define LX_DIAG_SORTED_H
#include "diag/diag.h"

/* The diagnostics ordered by file and place, those without a place first; equal places as reported. */
struct lx_vec lx_diags_sorted(struct lx_diags *diags);
#endif
