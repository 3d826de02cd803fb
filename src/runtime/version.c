/* SPDX-License-Identifier: Apache-2.0 */
#include <lexo/lexo.h>

#include "config.h"

const char *lexo_version(void)
{
	return PACKAGE_VERSION;
}
