using System.Collections.Immutable;
using Rubato.Cli.Settings;
using Rubato.Data.Download;
using Rubato.Runs.Records;
using Rubato.Training;
using Rubato.Training.Verifying;
using Spectre.Console;

namespace Rubato.Cli.Console;

/// <summary>Trains: <see cref="Sessions.Train"/>, or a script in its place.</summary>
/// <param name="settings">What is asked for.</param>
/// <param name="listener">Told of the run.</param>
/// <param name="time">Measures durations.</param>
/// <param name="cancellation">Ends the run.</param>
/// <returns>What the run came to.</returns>
internal delegate RunSummary TrainingRun(
    TrainSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation);

/// <summary>Makes a range test: <see cref="Sessions.Find"/>, or a script in its place.</summary>
/// <param name="settings">What is asked for.</param>
/// <param name="listener">Told of it.</param>
/// <param name="time">Measures durations.</param>
/// <param name="cancellation">Ends it.</param>
/// <returns>What it came to.</returns>
internal delegate MeasuredRange RangeFinding(
    FindSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation);

/// <summary>Runs a plan and its rewrite side by side: <see cref="Sessions.Verify"/>, or a script in its place.</summary>
/// <param name="settings">What is asked for.</param>
/// <param name="listener">Told of it.</param>
/// <param name="cancellation">Ends it.</param>
/// <returns>What it came to.</returns>
internal delegate VerifyOutcome Verification(VerifySettings settings, Listener listener, CancellationToken cancellation);

/// <summary>Fetches a data set's files: <see cref="DatasetDownload.GetAsync"/>, or a script in its place.</summary>
/// <param name="name">The data set.</param>
/// <param name="folder">Where its files go.</param>
/// <param name="from">Another address than the official one.</param>
/// <param name="progress">Told of each piece.</param>
/// <param name="cancellation">Stops it.</param>
/// <returns>The paths that are now complete.</returns>
internal delegate Task<ImmutableArray<string>> DatasetFetch(
    string name, string folder, Uri? from, IProgress<DownloadProgress> progress, CancellationToken cancellation);

/// <summary>The services a command uses: console, clock, training.</summary>
/// <param name="Output">Receives results.</param>
/// <param name="IsTerminal">Whether a person watches <paramref name="Output"/> on a terminal that can move its cursor.</param>
/// <param name="Error">Receives errors.</param>
/// <param name="Train">Trains.</param>
/// <param name="Find">Makes range tests.</param>
/// <param name="Verify">Runs plans and their rewrites side by side.</param>
/// <param name="Fetch">Fetches data sets.</param>
/// <param name="Time">Measures durations.</param>
/// <param name="Interruption">Told when a person or the system wants the command to end.</param>
/// <param name="Verbose">Whether errors are reported with their details, before <c>--verbose</c> is looked at.</param>
/// <remarks>Immutable.</remarks>
internal sealed record CommandEnvironment(
    IAnsiConsole Output,
    bool IsTerminal,
    TextWriter Error,
    TrainingRun Train,
    RangeFinding Find,
    Verification Verify,
    DatasetFetch Fetch,
    TimeProvider Time,
    Interruption Interruption,
    bool Verbose = false);
