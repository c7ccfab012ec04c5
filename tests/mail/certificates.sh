#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# certificates.sh FOLDER NAME: an authority of the test's own (ca.pem) and a certificate for NAME made by it.
set -eu
cd "$1"
quietly() { openssl "$@" >openssl.log 2>&1 || { cat openssl.log >&2; exit 1; }; }
[ -f ca.pem ] || quietly req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=test authority" -keyout ca.key -out ca.pem
quietly req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" -keyout server.key -out server.csr
case $2 in *[!0-9.]*) kind=DNS ;; *) kind=IP ;; esac
printf 'subjectAltName=%s:%s\nbasicConstraints=CA:FALSE\n' "$kind" "$2" >server.ext
quietly x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile server.ext -out server.pem
