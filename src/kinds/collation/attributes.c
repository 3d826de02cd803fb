/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/collation/collation.h"
#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_collation, field)

static const char *const providers[] = {"libc", "icu", "builtin", NULL};

static const struct lx_attr rows[LX_COLLATION_ATTRS] = {
    [LX_COLLATION_PROVIDER] = {"provider", LX_SHAPE_CHOICE, LX_EFFECT_REPLACE, AT(provider), providers, NULL,
			       "Who compares: libc (the default), icu or builtin."},
    [LX_COLLATION_LOCALE] = {"locale", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(locale), NULL, NULL,
			     "The locale, in the provider's notation."},
    [LX_COLLATION_LC_COLLATE] = {"lc_collate", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(lc_collate), NULL, NULL,
				 "The locale that sorts, where it is not the one of the letters."},
    [LX_COLLATION_LC_CTYPE] = {"lc_ctype", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(lc_ctype), NULL, NULL,
			       "The locale that knows letters, where it is not the one that sorts."},
    [LX_COLLATION_NONDETERMINISTIC] = {"nondeterministic", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_nondeterministic),
				       NULL, NULL, "Texts that differ in their bytes may be equal."},
    [LX_COLLATION_RULES] = {"rules", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(rules), NULL, NULL,
			    "Rules of ICU on top of the locale's (PostgreSQL 16)."},
};

const struct lx_kind_info lx_collation_info = {
    .words = {"collation"},
    .form = "collation Name @locale('…')",
    .title = "collation",
    .size = sizeof(struct lx_collation),
    .attrs = rows,
    .attr_count = LX_COLLATION_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
