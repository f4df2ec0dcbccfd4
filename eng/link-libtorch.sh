#!/bin/sh
# link-libtorch.sh KEPT OUTPUT RELATIVE FILE...
# Keeps one copy of each file in the folder KEPT and links it into the folder OUTPUT, where RELATIVE leads from OUTPUT to KEPT.
# The copy is a hard link to the package where that is possible, so it costs no room and outlives the package. The links into OUTPUT are
# symbolic and relative, so a working copy can be copied or moved, by tools that know nothing of hard links too.
set -eu
kept=$1 output=$2 relative=${3%/}
shift 3
mkdir -p -- "$kept" "$output"

for file; do
    name=${file##*/}
    # Several projects may be built at once: a file appears whole, and the first one stays.
    if [ ! -e "$kept/$name" ] && ! ln -- "$file" "$kept/$name" 2>/dev/null && [ ! -e "$kept/$name" ]; then
        cp -p -- "$file" "$kept/$name.$$"
        mv -f -- "$kept/$name.$$" "$kept/$name"
    fi
    if [ "$(readlink -- "$output/$name" || true)" = "$relative/$name" ]; then continue; fi
    # Never written through: what lies there may be a hard link to the package's own file.
    rm -f -- "$output/$name"
    ln -s -- "$relative/$name" "$output/$name" 2>/dev/null || ln -- "$kept/$name" "$output/$name" 2>/dev/null || cp -p -- "$kept/$name" "$output/$name"
done
