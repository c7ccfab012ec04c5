// SPDX-License-Identifier: EUPL-1.2
export function two(what) {
    return what.a.length; // as many
}
