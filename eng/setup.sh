# shellcheck shell=bash
# What ./rubato and ./test share: find what is missing, install it, build it once. Sourced, with `root` (the repository) and
# `who` (the command's name) set. Everything said here goes to stderr, so that a program's own output stays clean.
#
# A build is current when its stamp, the list of its inputs with sizes and times, still equals what is on the disk. Comparing
# whole lists (and not only the newest time) also notices removed files and files that came with an older time.

if [[ -z ${HOME:-} ]]; then
    export HOME="$root/artifacts/home"
    mkdir -p "$HOME"
fi

say() { printf '%s: %s\n' "$who" "$*" >&2; }

# Exit code 2: something that the user must provide. Exit code 1: a build failed.
give_up() { say "$1"; exit "${2:-2}"; }

# --- dotnet ---------------------------------------------------------------------------------------------------------------

find_dotnet() {
    local candidate
    if ! dotnet=$(type -P dotnet); then
        for candidate in "${DOTNET_ROOT:-/usr/share/dotnet}/dotnet" "$HOME/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
            if [[ -x $candidate ]]; then dotnet=$candidate; break; fi
        done
    fi
    if [[ -z $dotnet ]]; then
        give_up 'the .NET 10 SDK is not installed; install it as https://dotnet.microsoft.com/download/dotnet/10.0 says and run this again.'
    fi
}

require_sdk() {
    local version
    # In the root, where global.json says which SDK will do.
    if ! version=$(cd -- "$root" && "$dotnet" --version 2>/dev/null); then
        give_up "'$dotnet' has no .NET 10 SDK; install it as https://dotnet.microsoft.com/download/dotnet/10.0 says and run this again."
    fi
    [[ -n $version ]]
}

# Rubato is built with the invariant culture, and the SDK need not ask a bare machine for libicu.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# --- libtorch -------------------------------------------------------------------------------------------------------------

# Sets libtorch (empty: Debian's), libtorch_lib, native_dir and RUBATO_NATIVE.
find_libtorch() {
    libtorch=${LIBTORCH:-}
    if [[ -n $libtorch ]]; then
        if ! libtorch=$(cd -- "$libtorch" 2>/dev/null && pwd -P); then
            give_up "LIBTORCH names '$LIBTORCH', which is not a folder; name the folder of a libtorch that holds include/ and lib/, or unset LIBTORCH to use Debian's."
        fi
        if [[ ! -e $libtorch/lib/libtorch_cpu.so || ! -d $libtorch/include/torch ]]; then
            give_up "LIBTORCH names '$LIBTORCH', which has no lib/libtorch_cpu.so or no include/torch; name the folder of an unpacked libtorch archive or a Python wheel's site-packages/torch."
        fi
        libtorch_lib=$libtorch/lib
        native_dir=$root/artifacts/native/${libtorch//[^A-Za-z0-9._]/-}
    else
        local machine=${MACHTYPE%%-*}
        if [[ $machine == arm64 ]]; then machine=aarch64; fi
        libtorch_lib=/usr/lib/$machine-linux-gnu
        native_dir=$root/native/build
    fi
    export RUBATO_NATIVE=$native_dir/librubato_torch.so
}

# --- is it current? -------------------------------------------------------------------------------------------------------

native_inputs() {
    find -L "$root/native" "$root/eng/setup.sh" "$libtorch_lib/libc10.so" "$libtorch_lib/libtorch_cpu.so" \
        -path "$root/native/build" -prune -o -type f -printf '%p %s %T@\n' 2>/dev/null
}

managed_inputs() {
    find "$root/src" "$root/eng" "$root/.editorconfig" "$root/global.json" "$root"/Directory.* \
        -type f -printf '%p %s %T@\n' 2>/dev/null
}

# Each leaves the list in a variable, so that a build stamps what it saw before it began.
native_is_current() {
    native_now=$(native_inputs) || return 1
    [[ -f $RUBATO_NATIVE && -f $native_dir/inputs && $native_now == "$(<"$native_dir/inputs")" ]]
}

managed_is_current() {
    managed_now=$(managed_inputs) || return 1
    [[ -f $root/artifacts/bin/Rubato.Cli/release/Rubato.Cli.dll && -f $root/artifacts/setup/inputs \
        && $managed_now == "$(<"$root/artifacts/setup/inputs")" ]]
}

# --- install --------------------------------------------------------------------------------------------------------------

missing_packages() {
    local package status
    type -P cmake >/dev/null || echo cmake
    type -P "${CXX:-g++}" >/dev/null || echo g++
    # cmake only recommends it.
    type -P make >/dev/null || type -P ninja >/dev/null || echo make
    if [[ -z $libtorch ]]; then
        for package in libtorch-dev libgloo-dev libtensorpipe-dev libopenblas0-pthread; do
            status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || status=none
            [[ $status == installed ]] || echo "$package"
        done
    fi
}

apt() {
    local runner=()
    if (( EUID != 0 )); then
        runner=(sudo)
        # Without a terminal nobody could answer the password prompt.
        if [[ ! -t 0 ]]; then runner=(sudo -n); fi
    fi
    "${runner[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 "$@" >>"$root/artifacts/setup/apt.log" 9>&-
}

install_missing() {
    local packages by_hand
    mapfile -t packages < <(missing_packages)
    if (( ${#packages[@]} == 0 )); then return; fi
    by_hand="install by hand: apt-get install ${packages[*]}"
    if [[ " ${packages[*]} " == *" libtorch-dev "* ]]; then by_hand+=' (or set LIBTORCH to the folder of a libtorch of your own)'; fi
    type -P apt-get >/dev/null || give_up "this needs ${packages[*]}, and there is no apt-get here; $by_hand."
    (( EUID == 0 )) || type -P sudo >/dev/null || give_up "this needs ${packages[*]}, and neither root nor sudo is at hand; $by_hand."
    say "installing ${packages[*]} (apt-get, log in artifacts/setup/apt.log)"
    : >"$root/artifacts/setup/apt.log"
    # The package lists of a bare machine are empty, and old lists name files that are gone: only then they are fetched.
    apt install --no-install-recommends "${packages[@]}" 2>>"$root/artifacts/setup/apt.log" \
        || { apt update && apt install --no-install-recommends "${packages[@]}"; } 2>>"$root/artifacts/setup/apt.log" \
        || give_up "apt-get could not install ${packages[*]} ($(grep -aE '^(E|sudo):' "$root/artifacts/setup/apt.log" | tail -n 1)); $by_hand."
    hash -r
}

# --- build ----------------------------------------------------------------------------------------------------------------

# One build at a time in a working copy. Build servers outlive a build and must not inherit the lock: hence 9>&- below.
build_lock() {
    mkdir -p "$root/artifacts/setup"
    exec 9>"$root/artifacts/setup/lock"
    if ! flock -n 9; then
        say 'waiting for another build of this working copy'
        flock 9
    fi
}

build_unlock() { exec 9>&-; }

# stage NAME LOG COMMAND...: one line when it starts; its output only when it fails.
stage() {
    local name=$1 log=$root/artifacts/setup/$2.log
    shift 2
    say "$name (log in artifacts/setup/${log##*/})"
    if ! (cd -- "$root" && "$@") >"$log" 2>&1 </dev/null 9>&-; then
        tail -n 60 "$log" >&2
        give_up "$name failed; the whole log is $log." 1
    fi
}

build_native() {
    install_missing
    # An install may have brought the libtorch that the list lacked.
    native_now=$(native_inputs) || true
    stage 'configuring native code' cmake-configure cmake -S native -B "$native_dir" -DCMAKE_BUILD_TYPE=Release -DRUBATO_LIBTORCH="$libtorch"
    stage 'building native code' cmake-build cmake --build "$native_dir" --parallel "$(nproc)"
    printf '%s\n' "$native_now" >"$native_dir/inputs"
}

# build_managed PROJECT: a project or solution that has Rubato.Cli in it.
build_managed() {
    require_sdk
    managed_now=$(managed_inputs)
    stage 'building managed code' dotnet-build "$dotnet" build "$1" -c Release -v minimal --nologo -tl:off -nodeReuse:false
    printf '%s\n' "$managed_now" >"$root/artifacts/setup/inputs"
}

# --- run ------------------------------------------------------------------------------------------------------------------

# Must stand before libtorch loads (docs/engine.md): OpenBLAS's threads beside libtorch's slow a small network by a fifth; and a thread
# that spins for milliseconds at the end of each operator starves the one it waits for as soon as anything else runs on the machine.
run_environment() {
    export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1}
    if [[ -z ${OMP_WAIT_POLICY:-} ]]; then export GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-20000}; fi
}
