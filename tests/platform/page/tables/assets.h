// SPDX-License-Identifier: EUPL-1.2
/* Names as tools/assets would give them: what is in the files is no matter here. */
#ifndef WSPOLNIE_TESTS_PAGE_ASSETS_H
#define WSPOLNIE_TESTS_PAGE_ASSETS_H

#define ASSET_STYLE_CSS "/assets/style.00000000.css"
#define ASSET_APP_JS "/assets/app.00000000.js"
#define ASSET_ICON_SVG "/assets/icon.00000000.svg"

#endif
