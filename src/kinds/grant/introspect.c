/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

const struct lx_kind_catalog lx_grant_catalog = {.query = NULL};
