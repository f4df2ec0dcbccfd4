using System.CommandLine;
using Rubato.Cli.Configuration;
using Rubato.Cli.Display;
using Rubato.Cli.Settings;
using Rubato.Runs;
using Rubato.Runs.Records;
using Rubato.Torch.Checkpoints;

namespace Rubato.Cli.Commands;

/// <summary><c>--resume RUN</c> and <c>--resume-policy WORD</c>: the run's own configuration, which flags override.</summary>
internal sealed class ResumeFlags
{
    // These would name another run.
    private static readonly string[] NotTogether = ["out", "name"];

    private static readonly (string Word, ResumePolicy Policy)[] Policies =
    [
        ("strict", ResumePolicy.Strict),
        ("keep", ResumePolicy.Keep),
        ("use-new", ResumePolicy.UseNew),
        ("same-epoch", ResumePolicy.SameEpoch),
    ];

    private readonly SettingFlags _flags;
    private readonly Option<string> _resume = new("--resume") { Arity = ArgumentArity.ExactlyOne, HelpName = "RUN" };
    private readonly Option<string> _policy = new("--resume-policy") { Arity = ArgumentArity.ExactlyOne, HelpName = "WORD" };

    /// <summary>Adds the flags to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="flags">Its other flags.</param>
    internal ResumeFlags(Command command, SettingFlags flags)
    {
        _flags = flags;
        command.Add(_resume);
        command.Add(_policy);
    }

    /// <summary>The settings of the run that goes on.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="findings">Receives a sentence for everything that cannot be used.</param>
    /// <returns>The settings; null if no run goes on.</returns>
    internal TrainSettings? Read(ParseResult parsed, List<Finding> findings)
    {
        var policy = PolicyOf(parsed, findings);
        if (parsed.GetValue(_resume) is not { } run)
        {
            if (parsed.GetValue(_policy) is { } word)
            {
                findings.Add(new Finding("--resume-policy", word, "but no run goes on", "write --resume RUN, or leave it out"));
            }

            return null;
        }

        if (_flags.FileOf(parsed) is { } file)
        {
            findings.Add(new Finding("--config", file, $"but --resume {run} has a configuration of its own", "leave it out"));
        }

        foreach (var name in NotTogether)
        {
            if (_flags.TextOf(parsed, name) is { } text)
            {
                findings.Add(new Finding($"--{name}", text, $"but --resume {run} goes on in its own folder", "leave it out"));
            }
        }

        try
        {
            var folder = RunFolder.Open(run);
            return _flags.ReadOver(folder.ConfigurationPath, parsed, findings) with { Resume = new RunToResume(folder.Path, policy) };
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings.Select(finding => finding with { Setting = "--resume" }));
            return new TrainSettings();
        }
    }

    /// <summary>What to say if the run has nothing left to do.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">What <see cref="Read"/> gave.</param>
    /// <returns>A sentence; null if there is something to train.</returns>
    internal string? FinishedRun(ParseResult parsed, TrainSettings settings)
    {
        if (settings.Resume is not { Folder: var run }
            || TrainSettingTable.All.Any(setting => _flags.TextOf(parsed, setting.Name) is not null))
        {
            return null;
        }

        var folder = RunFolder.Open(run);
        return Resumption.IsFinished(folder)
            ? $"finished: {TrainingText.SummaryLine(SummaryFile.Read(folder.SummaryPath), run)}; "
                + "a greater --epochs or --length makes the run longer."
            : null;
    }

    private ResumePolicy PolicyOf(ParseResult parsed, List<Finding> findings)
    {
        if (parsed.GetValue(_policy) is not { } word)
        {
            return ResumePolicy.Strict;
        }

        if (Array.FindIndex(Policies, policy => policy.Word == word) is >= 0 and var index)
        {
            return Policies[index].Policy;
        }

        findings.Add(new Finding(
            "--resume-policy", word, "it must be strict, keep, use-new or same-epoch", "for instance --resume-policy use-new"));
        return ResumePolicy.Strict;
    }
}
