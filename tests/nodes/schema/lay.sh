#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# lay.sh QUERIES FLOORS SCHEMA OUTPUT FILE…: writes the C file with the migrations of SCHEMA and, numbered on from
# them, those of the files; "compatible: LATER" becomes the file's own number.
set -eu
queries=$1 floors=$2 schema=$3 output=$4
shift 4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/schema"
cp "$schema"/*.sql "$folder/schema/"
number=$(find "$schema" -name '*.sql' | wc -l)
for file in "$@"; do
    number=$((number + 1))
    sed "s/^-- compatible: LATER/-- compatible: $number/" "$file" >"$folder/schema/$(printf '%04d' "$number")_$(basename "$file")"
done
"$queries" --schema "$folder/schema" --floors "$floors" --migrations --out-dir "$folder"
cp "$folder/schema.c" "$output"
