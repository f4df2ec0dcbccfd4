using System.CommandLine;
using System.Globalization;
using Rubato.Control;
using Rubato.Control.Controllers;
using Rubato.Plans;
using Rubato.Runs.Plans;
using Rubato.Schedules;
using Rubato.Time;

namespace Rubato.Cli.Commands;

/// <summary><c>rubato replay</c>: what an automatic warm-up would have decided on given losses.</summary>
internal static class ReplayCommand
{
    /// <summary>The command.</summary>
    /// <param name="environment">What it meets.</param>
    /// <returns>The command with its flags.</returns>
    internal static Command Create(CommandEnvironment environment)
    {
        var command = new Command("replay");
        var losses = Text(command, "--losses", "losses.txt");
        var stepsPerEpoch = Text(command, "--steps-per-epoch", "390");
        var epochs = Text(command, "--epochs", "120");
        var preset = Text(command, "--preset", "paper");
        var cooldown = Text(command, "--cooldown", "half-cosine");
        var csv = Text(command, "--csv", "decisions.csv");
        command.SetAction(parsed =>
        {
            var findings = new List<string>();
            new PlanFiles(Svg: null, parsed.GetValue(csv), Json: null).Check(1, findings);
            var settings = Settings(parsed.GetValue(preset) ?? "default", findings) with { Cooldown = Cooldown(parsed.GetValue(cooldown) ?? "cosine", findings) };
            var perEpoch = Count("--steps-per-epoch", parsed.GetValue(stepsPerEpoch), "390", findings);
            var length = Count("--epochs", parsed.GetValue(epochs), "120", findings);
            var (from, to) = (parsed.GetValue(losses), parsed.GetValue(csv));
            if (from is not null && to is not null && Path.GetFullPath(from + ".") == Path.GetFullPath(to + "."))
            {
                throw new InvalidInputException($"--losses and --csv name the same file, '{to}'; name another one for --csv.");
            }

            var read = ReplayLosses.Read(from, findings);
            if (findings.Count > 0)
            {
                throw new InvalidInputException(findings);
            }

            perEpoch ??= length is { } given ? ((read.Length - 1) / given) + 1 : null;
            if (settings.TestEvery.Unit == TimeUnit.Epochs && perEpoch is null)
            {
                throw new InvalidInputException("--preset paper tests once an epoch, but no epoch is known; add --steps-per-epoch N or --epochs N.");
            }

            var plan = new TrainingPlan(new PlanSettings
            {
                Length = Duration.Batches(length is { } epochCount ? (double)epochCount * perEpoch.GetValueOrDefault() : read.Length),
                SamplesPerEpoch = perEpoch,
                LearningRate = 1,
                BatchSize = 1,
            });
            Replay(new AutoWarmup(plan, settings), read, to, environment);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<string> Text(Command command, string name, string example)
    {
        var option = new Option<string>(name) { Arity = ArgumentArity.ExactlyOne, HelpName = example };
        command.Add(option);
        return option;
    }

    private static int? Count(string flag, string? text, string example, List<string> findings)
    {
        if (text is null)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            findings.Add($"{flag} is '{text}'; it must be a whole number of at least 1, for instance {flag} {example}.");
        }

        return Math.Max(count, 1);
    }

    private static AutoWarmupSettings Settings(string preset, List<string> findings)
    {
        if (preset is not ("default" or "paper"))
        {
            findings.Add($"--preset is '{preset}'; it must be default or paper.");
        }

        return preset == "paper" ? AutoWarmupSettings.Paper : AutoWarmupSettings.Default;
    }

    private static Schedule Cooldown(string name, List<string> findings)
    {
        switch (name)
        {
            case "cosine":
                return WarmupCooldowns.Cosine;
            case "constant-then-cosine":
                return WarmupCooldowns.ConstantThenCosine;
            case "half-cosine":
                return WarmupCooldowns.HalfCosine;
            default:
                findings.Add($"--cooldown is '{name}'; it must be cosine, constant-then-cosine or half-cosine.");
                return WarmupCooldowns.Cosine;
        }
    }

    private static void Replay(AutoWarmup controller, double[] losses, string? csv, CommandEnvironment environment)
    {
        var rows = new List<DecisionRow>();
        var (progress, state) = (default(Progress), (AutoWarmupState)controller.InitialState);

        // Once the cooldown has begun, losses decide nothing, and the rest of the run is known.
        while (!controller.Plan.IsOver(progress.Samples) && (state.Switch is not null || progress.Updates < losses.Length))
        {
            environment.Interruption.Token.ThrowIfCancellationRequested();
            var values = controller.Decide(progress, state);
            var (phase, loss) = state.Switch is null ? ("warmup", losses[(int)progress.Updates]) : ("cooldown", double.NaN);
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            state = (AutoWarmupState)controller.Observe(new Observation(progress, values, loss, double.NaN), state);
            rows.Add(new DecisionRow(progress.Updates, values.LearningRate, phase, state.Probability));
        }

        var writer = environment.Output.Profile.Out.Writer;
        writer.WriteLine(Sentence(controller, state, losses.Length));
        if (csv is not null)
        {
            DecisionCsv.Write(csv, rows);
            writer.WriteLine($"written: {csv}");
        }
    }

    private static string Sentence(AutoWarmup controller, AutoWarmupState state, int losses)
    {
        var tests = state.Probability is { } probability ? $"{state.Tests} tests, the last with probability {probability:F3}" : "no test";
        if (state.Switch is not { } at)
        {
            return $"Still warming up after {losses} losses; the longest warm-up has {controller.WarmupUpdates} updates; {tests}.";
        }

        var why = at.Reason switch
        {
            AutoWarmupReason.Minimum => "the loss has its minimum behind it",
            AutoWarmupReason.NonFinite => "losses were not finite",
            _ => "the longest warm-up ended without a verdict",
        };
        return $"Cooldown from a learning rate of {at.LearningRate:G4} after {at.Updates} updates: {why}; {tests}.";
    }
}
