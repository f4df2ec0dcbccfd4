using System.Collections.Immutable;
using Rubato.Cli.Settings;
using Rubato.Data.Download;
using Rubato.Runs.Records;
using Rubato.Torch;
using Spectre.Console;

namespace Rubato.Cli.Console;

/// <summary>
/// Trains: <see cref="Sessions.Train(TrainSettings, Listener, TimeProvider, CancellationToken)"/>, or a script in its place.
/// </summary>
/// <param name="settings">What is asked for.</param>
/// <param name="listener">Told of the run.</param>
/// <param name="time">Measures durations.</param>
/// <param name="cancellation">Ends the run.</param>
/// <returns>What the run came to.</returns>
internal delegate RunSummary Training(
    TrainSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation);

/// <summary>
/// Makes a range test: <see cref="Sessions.Find(FindSettings, Listener, TimeProvider, CancellationToken)"/>, or a script in its place.
/// </summary>
/// <param name="settings">What is asked for.</param>
/// <param name="listener">Told of it.</param>
/// <param name="time">Measures durations.</param>
/// <param name="cancellation">Ends it.</param>
/// <returns>What it came to.</returns>
internal delegate MeasuredRange RangeFinding(
    FindSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation);

/// <summary>
/// Runs a plan and its rewrite side by side: <see cref="Sessions.Verify(VerifySettings, Listener, CancellationToken)"/>, or a script in its
/// place.
/// </summary>
/// <param name="settings">What is asked for.</param>
/// <param name="listener">Told of it.</param>
/// <param name="cancellation">Ends it.</param>
/// <returns>What it came to.</returns>
internal delegate VerificationOutcome Verification(VerifySettings settings, Listener listener, CancellationToken cancellation);

/// <summary>Fetches a data set's files: <see cref="DatasetDownload.GetAsync"/>, or a script in its place.</summary>
/// <param name="name">The data set.</param>
/// <param name="folder">Where its files go.</param>
/// <param name="from">Another address than the official one.</param>
/// <param name="progress">Told of each piece.</param>
/// <param name="cancellation">Stops it.</param>
/// <returns>The paths that are now complete.</returns>
internal delegate Task<ImmutableArray<string>> DatasetFetch(
    string name, string folder, Uri? from, IProgress<DownloadProgress> progress, CancellationToken cancellation);

/// <summary>Starts a command in several processes.</summary>
/// <param name="request">How many processes, and where.</param>
/// <param name="words">What stands after <c>rubato</c> in each of them.</param>
/// <param name="isVerbose">Whether the launcher's line is shown.</param>
/// <param name="environment">Console and interruption.</param>
/// <returns>One of <see cref="ExitCodes"/>.</returns>
internal delegate int Launching(LaunchRequest request, IReadOnlyList<string> words, bool isVerbose, CommandEnvironment environment);

/// <summary>The services a command uses: console, clock, training.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record CommandEnvironment
{
    /// <summary>Receives results.</summary>
    public required IAnsiConsole Output { get; init; }

    /// <summary>Whether a person watches <see cref="Output"/> on a terminal that can move its cursor.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>The command as it was called, as a shell reads it: what lines to be copied begin with.</summary>
    public string Command { get; init; } = "rubato";

    /// <summary>Receives errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Trains.</summary>
    public required Training Train { get; init; }

    /// <summary>Starts a training in several processes.</summary>
    public required Launching Launch { get; init; }

    /// <summary>Makes range tests.</summary>
    public required RangeFinding Find { get; init; }

    /// <summary>Runs plans and their rewrites side by side.</summary>
    public required Verification Verify { get; init; }

    /// <summary>Fetches data sets.</summary>
    public required DatasetFetch Fetch { get; init; }

    /// <summary>This process as one of several; alone unless a launcher has started it with others.</summary>
    public OneOfMany Process { get; init; } = new(launch: null);

    /// <summary>Measures durations.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Told when a person or the system wants the command to end.</summary>
    public required Interruption Interruption { get; init; }

    /// <summary>Whether errors are reported with their details, before <c>--verbose</c> is looked at.</summary>
    public bool Verbose { get; init; }
}
