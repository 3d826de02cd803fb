/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/definition/definition.h"
#include "kinds/kind.h"

const struct lx_kind_source lx_definition_source = {.declare = lx_statement_declare, .print = lx_statement_print};
