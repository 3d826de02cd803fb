/* Running another program and waiting for it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_PROGRAM_H
#define LX_CLI_PROGRAM_H
#include <stdbool.h>

enum { LX_PROGRAM_NOT_RUN = 127 };
/* The exit code of ARGUMENTS[0], looked for on PATH and run in FOLDER (NULL: here); 128 and the signal that ended it;
 * LX_PROGRAM_NOT_RUN.  What it prints goes to stderr, or nowhere when SILENT. */
int lx_program_run(char *const *arguments, const char *folder, bool is_silent);
#endif
