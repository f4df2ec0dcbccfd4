@echo off
rem Runs Rubato on Windows: builds what changed, then runs. The first run downloads what is missing.
rem RUBATO_CUDA=1 builds it with libtorch for CUDA: see README.md.
setlocal
set "root=%~dp0"
set "log=%root%artifacts\setup\dotnet-build.log"
set "program=%root%artifacts\bin\Rubato.Cli\release\Rubato.Cli.dll"
set "DOTNET_NOLOGO=1"
set "DOTNET_CLI_TELEMETRY_OPTOUT=1"

where dotnet >nul 2>nul
if errorlevel 1 (
    echo rubato: the .NET 10 SDK is not installed; install it as https://dotnet.microsoft.com/download/dotnet/10.0 says and run this again. >&2
    exit /b 2
)
if not exist "%root%artifacts\setup\" mkdir "%root%artifacts\setup"
if not exist "%program%" echo rubato: the first build downloads about 125 MB of packages from NuGet's feed >&2

rem In the root, where global.json says which SDK will do.
pushd "%root%"
dotnet build src\Rubato.Cli -c Release -v minimal --nologo -tl:off >"%log%" 2>&1
set "code=%errorlevel%"
popd
if not "%code%"=="0" (
    type "%log%" >&2
    echo rubato: building failed; the log above is also in "%log%". >&2
    exit /b 1
)

rem So that lines to be copied begin as this one did.
set "RUBATO_COMMAND=%~0"
dotnet "%program%" %*
exit /b %errorlevel%
