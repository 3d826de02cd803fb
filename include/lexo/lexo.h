/* lexo runtime, public API.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LEXO_LEXO_H
#define LEXO_LEXO_H
#if defined(__GNUC__)
#define LEXO_PUBLIC __attribute__((visibility("default")))
#else
#define LEXO_PUBLIC
#endif
LEXO_PUBLIC const char *lexo_version(void);
#endif
