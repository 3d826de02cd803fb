/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FUNCTION_PRINT_H
#define LX_KINDS_FUNCTION_PRINT_H
struct lx_object;
struct lx_printer;

void lx_function_print(struct lx_printer *printer, const struct lx_object *object);
#endif
