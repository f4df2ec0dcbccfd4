using System.Diagnostics;

namespace Rubato.Architecture.Tests;

/// <summary><c>eng/release</c>, as far as it goes without a build: in a repository of its own, which has what the script reads.</summary>
public sealed class ReleaseTests : IDisposable
{
    private const string Properties = "Directory.Build.props";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rubato-release-");

    public ReleaseTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for a Unix shell.");
        Assert.SkipUnless(IsThere("git"), "git is not installed.");
        foreach (var file in (string[])["eng/release", "eng/setup.sh", "CHANGELOG.md", Properties])
        {
            var copy = Path.Combine(_folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy);
        }

        Git("init", "--quiet", "--initial-branch", "main");
        Write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n## [7.1.0] - 2030-01-02\n\n### Added\n\n- A thing.\n\n## [7.0.0] - 2029-01-02\n\n## [6.0.0]\n\n- One.\n");
        Commit();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void DryRun_AllThere_SaysWhatItWouldDoAndDoesNothing()
    {
        var (code, output, said) = Release("7.1.0", "--dry-run");

        Assert.Equal((0, ""), (code, Git("status", "--porcelain")));
        Assert.Empty(Git("tag"));
        Assert.Equal(
            [
                "release: set_version 7.1.0",
                "release: ./test",
                "release: eng/pack linux-x64 win-x64 osx-arm64",
                $"release: env RUBATO_PACKAGES={_folder.FullName}/artifacts/packages ./test architecture",
                "release: git commit --quiet --message Version 7.1.0 -- Directory.Build.props",
                "release: git tag --annotate --message Version 7.1.0 v7.1.0",
            ],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("\n  dotnet nuget push 'artifacts/packages/Rubato*.7.1.0.nupkg' --source SOURCE --api-key KEY\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Release_NothingThere_NamesAllAtOnce()
    {
        Git("switch", "--quiet", "--create", "aside");
        Git("tag", "v7.0.0");
        Write("more.txt", "");

        var (code, _, said) = Release("7.0.0");

        Assert.Equal(2, code);
        Assert.Equal(
            [
                "release: the branch is 'aside'; a release is made on main.",
                "release: the working copy has changes; commit or remove what git status lists.",
                "release: the tag v7.0.0 is there already; choose a later version.",
                "release: CHANGELOG.md has nothing under '## [7.0.0]'; give it what stands under '## [Unreleased]'.",
            ],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("7.1", "'7.1' is no version")]
    [InlineData("v7.1.0", "'v7.1.0' is no version")]
    [InlineData("", "'' is no version")]
    [InlineData("7.1.0 6.0.0", "'6.0.0' is one argument too many")]
    public void Release_WrongArguments_AreRefused(string arguments, string expected)
    {
        var (code, _, said) = Release(arguments.Split(' '));

        Assert.Equal(2, code);
        Assert.StartsWith($"release: {expected}; ", said, StringComparison.Ordinal);
    }

    /// <summary>The tests of this repository fail: its version is as it was, and there is neither commit nor tag.</summary>
    [Fact]
    public void Release_TestsThatFail_LeaveEverythingAsItWas()
    {
        WriteScript("test", "grep -c '<Version>7.1.0</Version>' Directory.Build.props\nexit 1\n");
        Commit();
        var before = Git("rev-parse", "HEAD");

        var (code, output, _) = Release("7.1.0");

        Assert.Equal((1, "1\n"), (code, output));
        Assert.Equal((before, "", ""), (Git("rev-parse", "HEAD"), Git("status", "--porcelain"), Git("tag")));
    }

    /// <summary>Tests and packages are right: the commit has the version and nothing else, and the tag is on it.</summary>
    [Fact]
    public void Release_TestsAndPackagesThatSucceed_AreCommittedAndTagged()
    {
        WriteScript("test", "");
        WriteScript("eng/pack", "");
        Commit();
        var before = File.ReadAllText(Path.Combine(_folder.FullName, Properties)).Split('\n');

        Assert.Equal(0, Release("7.1.0").Code);

        var after = File.ReadAllText(Path.Combine(_folder.FullName, Properties)).Split('\n');
        Assert.Equal(["    <Version>7.1.0</Version>"], after.Except(before, StringComparer.Ordinal));
        Assert.Equal(before.Length, after.Length);
        Assert.Equal("Version 7.1.0\nDirectory.Build.props\n", Git("show", "--name-only", "--format=%s", "v7.1.0^{commit}").Replace("\n\n", "\n", StringComparison.Ordinal));
        Assert.Equal(("v7.1.0\n", ""), (Git("tag", "--points-at", "HEAD"), Git("status", "--porcelain")));
    }

    private static bool IsThere(string command) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, command)));

    private (int Code, string Output, string Said) Release(params string[] arguments) => Run("bash", ["eng/release", .. arguments]);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);

    private void WriteScript(string file, string text)
    {
        Write(file, "#!/bin/sh\n" + text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(_folder.FullName, file), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private void Commit()
    {
        Git("add", "--all");
        Git("commit", "--quiet", "--message", "All");
    }

    private string Git(params string[] arguments)
    {
        var (code, output, said) = Run("git", arguments);
        Assert.True(code == 0, said);
        return output;
    }

    private (int Code, string Output, string Said) Run(string command, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        // Whatever the user's own settings say, and in a hook of git's too.
        foreach (var (name, value) in (IEnumerable<(string, string)>)
            [
                ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null"), ("GIT_DIR", Path.Combine(_folder.FullName, ".git")),
                ("GIT_WORK_TREE", _folder.FullName), ("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.org"),
                ("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.org"),
            ])
        {
            start.Environment[name] = value;
        }

        start.Environment.Remove("GIT_INDEX_FILE");
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, said.GetAwaiter().GetResult());
    }
}
