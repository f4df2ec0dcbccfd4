# shellcheck shell=bash
# shellcheck disable=SC2154
# What ./rubato and ./test share: find the SDK, build what changed. Sourced, with `root` (the repository) and `who` (the command's name)
# set. Everything said here goes to stderr, so that a program's own output stays clean.

say() { printf '%s: %s\n' "$who" "$*" >&2; }

# Exit code 2: something that the user must provide. Exit code 1: a build failed.
give_up() { say "$1"; exit "${2:-2}"; }

# --- dotnet ---------------------------------------------------------------------------------------------------------------

# Rubato is built with the invariant culture, and the SDK need not ask a bare machine for libicu.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# What the SDK would do on its first day, and nothing here needs.
export DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK=1

find_dotnet() {
    local candidate
    if ! dotnet=$(type -P dotnet); then
        for candidate in "${DOTNET_ROOT:-/usr/share/dotnet}/dotnet" "${HOME:-}/.dotnet/dotnet" /usr/{share,lib,local/share}/dotnet/dotnet; do
            if [[ -x $candidate ]]; then dotnet=$candidate; break; fi
        done
    fi
    if [[ -z $dotnet ]]; then
        give_up 'the .NET 10 SDK is not installed; install it as https://dotnet.microsoft.com/download/dotnet/10.0 says and run this again.'
    fi
    # The SDK and NuGet keep their files there, and fail without.
    if [[ -z ${HOME:-} || ! -d $HOME || ! -w $HOME ]]; then
        export HOME=$root/artifacts/home
        mkdir -p -- "$HOME" 2>/dev/null || true
    fi
}

require_sdk() {
    local answer
    # In the root, where global.json says which SDK will do.
    if ! answer=$(cd -- "$root" && "$dotnet" --version 2>&1); then
        printf '%s\n' "$answer" >&2
        give_up "'$dotnet' gives no .NET 10 SDK; install it as https://dotnet.microsoft.com/download/dotnet/10.0 says and run this again."
    fi
}

# --- is it current? -------------------------------------------------------------------------------------------------------

# A build is current when the list of its inputs with sizes and times equals that of the last build. Whole lists, and not only the newest
# time, also notice removed files and files that came with an older time. A copied working copy has new times: then the checksums decide,
# of the inputs and of what was built from them. All paths are relative, so that it may lie anywhere.

program=artifacts/bin/Rubato.Cli/release/Rubato.Cli.dll

inputs() {
    local action=(-printf '%p %s %T@\n')
    if [[ $OSTYPE == darwin* ]]; then action=(-exec stat -f '%N %z %Fm' '{}' +); fi
    if [[ ${1:-} == contents ]]; then action=(-exec cksum '{}' +); fi
    # A program for CUDA is another program.
    printf 'RUBATO_CUDA %s\n' "${RUBATO_CUDA:-0}"
    (cd -- "$root" && find src eng .editorconfig global.json Directory.* -type f "${action[@]}" 2>/dev/null | LC_ALL=C sort)
}

outputs() { (cd -- "$root" && cksum "${program%/*}"/Rubato*.dll 2>/dev/null); }

# Leaves the lists in variables, so that a build stamps what it saw before it began.
is_current() {
    local setup=$root/artifacts/setup libtorch
    inputs_now=$(inputs) contents_now=
    [[ -f $root/$program && -f $setup/inputs ]] || return 1
    for libtorch in "$root/${program%/*}"/libtorch_cpu.*; do [[ -e $libtorch ]] || return 1; done
    if [[ $inputs_now == "$(<"$setup/inputs")" ]]; then return 0; fi
    contents_now=$(inputs contents)
    [[ -f $setup/contents && $contents_now$'\n'$(outputs) == "$(<"$setup/contents")" ]] || return 1
    printf '%s\n' "$inputs_now" 2>/dev/null >"$setup/inputs" || true
}

# --- build ----------------------------------------------------------------------------------------------------------------

# One build at a time in a working copy. Build servers outlive a build and must not inherit the lock: hence 9>&- below.
build_lock() {
    mkdir -p -- "$root/artifacts/setup"
    type -P flock >/dev/null || return 0
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

# announce_download PROJECT: as measured on Linux, where libtorch alone is 128 MB, and 497 MB unpacked.
announce_download() {
    local packages=${NUGET_PACKAGES:-$HOME/.nuget/packages} size='about 175 MB of packages' room='about 0.8 GB'
    if [[ $1 == *.slnx ]]; then size='about 225 MB of packages' room='about 1 GB'; fi
    if [[ ${RUBATO_CUDA:-0} != 0 ]]; then size='several GB of packages, CUDA among them,' room='several GB'; fi
    if [[ -n $(ls -A "$root/artifacts/libtorch" "$packages"/libtorch-c* 2>/dev/null) ]]; then return; fi
    say "the first build downloads $size from NuGet's feed, libtorch most of it; they take $room in $packages"
}

# build PROJECT: a project or solution that has Rubato.Cli in it.
build() {
    require_sdk
    announce_download "$1"
    inputs_now=$(inputs) contents_now=$(inputs contents)
    stage 'building' dotnet-build "$dotnet" build "$1" -c Release -v minimal --nologo -tl:off -nodeReuse:false
    printf '%s\n' "$contents_now" "$(outputs)" >"$root/artifacts/setup/contents"
    printf '%s\n' "$inputs_now" >"$root/artifacts/setup/inputs"
}
