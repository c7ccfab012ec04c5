# SPDX-License-Identifier: EUPL-1.2
# Shared by ./run and ./check: installs Debian packages that are missing, and says what it does.
# Sourced with the working directory at the project's root.

packages_run="gcc libc6-dev meson ninja-build pkg-config tzdata
  libmicrohttpd-dev libsqlite3-dev libpq-dev libsodium-dev libjansson-dev libcmark-dev libutf8proc-dev
  libqrencode-dev zlib1g-dev libbrotli-dev libcurl4-gnutls-dev"
packages_check="$packages_run libcmocka-dev libxml2-dev libxml2-utils libical-dev postgresql-15 sqlite3 clang clang-tidy
  libclang-rt-14-dev cppcheck haproxy hunspell hunspell-pl hunspell-uk hunspell-en-us chromium nodejs npm curl git
  fonts-dejavu-core fonts-noto-core mandoc zsh fish
  python3-aiosmtpd openssl"
packages_bench="$packages_run nginx-light wrk curl"

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "wspolnie: $*"
    exit 1
}

# npm is asked of Debian only where no other one is there.
without_present_tools() {
    for package in "$@"; do
        case $package in
        nodejs) command -v node >/dev/null 2>&1 && continue ;;
        npm) command -v npm >/dev/null 2>&1 && continue ;;
        esac
        printf '%s\n' "$package"
    done
}

# dpkg is asked once for all: it is slow to start, and a second ./run is to be quick.
missing_packages() {
    wanted=$(without_present_tools "$@")
    present=$(dpkg-query -W -f ' ${Package}=${db:Status-Status} ' $wanted 2>/dev/null || true)
    for package in $wanted; do
        case $present in *" $package=installed "*) ;; *) printf '%s ' "$package" ;; esac
    done
}

install_packages() {
    command -v dpkg-query >/dev/null 2>&1 || fail "this script installs what it needs on Debian 12; elsewhere see README.md for the list of libraries."
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 || fail "these packages are missing and neither root nor sudo is there to install them: $missing"
        as_root="sudo"
    fi
    say "Installing: $missing"
    log=$(mktemp)
    if ! { $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        fail "the packages could not be installed; what apt said stands above."
    fi
    rm -f "$log"
}

# build FOLDER meson-options…: sets up once, then builds (only $targets, where that is set); quiet unless something
# is wrong.
build() {
    folder=$1
    shift
    log=$(mktemp)
    if [ ! -f "$folder/build.ninja" ]; then
        say "Setting up $folder"
        meson setup "$folder" "$@" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; rm -rf "$folder"; fail "the build could not be set up."; }
    fi
    if ninja -C "$folder" -n ${targets-} 2>/dev/null | grep -q 'no work to do'; then
        rm -f "$log"
        return 0
    fi
    say "Building (a few minutes the first time)"
    ninja -C "$folder" ${targets-} >"$log" 2>&1 || { grep -vE '^\[[0-9]+/[0-9]+\]' "$log" | tail -n 60 >&2; rm -f "$log"; fail "the build failed."; }
    rm -f "$log"
}
