using System.Text.Json;
using System.Text.Json.Serialization;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Torch.Checkpoints;

/// <summary>The <c>state.json</c> of a checkpoint: all of a run but its tensors.</summary>
/// <param name="Version">1.</param>
/// <param name="Settings">What the run was asked for, by which its own settings are known again.</param>
/// <param name="Driver">What <see cref="Rubato.Driver.Save"/> gave: progress, plan, and the controller's memory.</param>
/// <param name="Course">What the run has seen.</param>
/// <param name="Logs">How far its logs had come.</param>
/// <param name="Rehearsal">How its rate was found; null if it was not rehearsed.</param>
/// <param name="RangeTest">How the bounds of its rate were found; null without a range test.</param>
/// <param name="Init">What was loaded before the first update; null for nothing.</param>
internal sealed record RunState(
    int Version,
    SavedSettings Settings,
    JsonElement Driver,
    CourseState Course,
    LogLengths Logs,
    RehearsalRecord? Rehearsal,
    RangeTestRecord? RangeTest,
    InitRecord? Init)
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    internal const int CurrentVersion = 1;

    // Above those of a driver's position.
    internal const int MaxDepth = 600;

    private static readonly JsonDocumentOptions Syntax = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>A state of nothing but a position.</summary>
    internal static RunState Empty(JsonElement driver) => new(
        CurrentVersion,
        new SavedSettings([], [], ""),
        driver,
        new CourseState
        {
            Seconds = 0,
            SavingSeconds = 0,
            Counts = default,
            LossSum = 0,
            LossSamples = 0,
            PeakLearningRate = 0,
            NextLearningRate = 0,
            TrainLoss = 0,
            TestLoss = 0,
            TestAccuracy = 0,
            Metrics = [],
            ValidationLoss = 0,
            ValidationAccuracy = 0,
            Best = BestEpochState.Initial,
            Noise = default,
            NoiseBatch = 0,
            AutoWarmup = null,
        },
        Logs: default,
        Rehearsal: null,
        RangeTest: null,
        Init: null);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="name">The file, for messages.</param>
    /// <exception cref="InvalidInputException">It is of another version, or no state.</exception>
    internal static RunState Read(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, Syntax);
            var version = parsed.RootElement.GetProperty("version"u8).GetInt32();
            if (version != CurrentVersion)
            {
                throw new InvalidInputException(new Finding(
                    name,
                    null,
                    $"is of version {version}, but this program reads version {CurrentVersion}",
                    "go on with the program that wrote it"));
            }

            var state = parsed.Deserialize(RunStateJson.Default.RunState) ?? throw new JsonException("null");

            // Text that is no UTF-8 shows only when it is asked for.
            _ = state.Driver.GetRawText();
            return (state.Finding() ?? state.Course.Finding()) is { } finding
                ? throw new InvalidInputException(new Finding(name, null, $"the saved {finding}"))
                : state;
        }
        catch (Exception exception)
            when (exception is JsonException or FormatException or InvalidOperationException or NotSupportedException
                or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidInputException(
                new Finding(name, null, $"cannot be read at {(exception as JsonException)?.Path ?? "$"}, so that it is no state of a run"),
                exception);
        }
    }

    /// <summary>Writes UTF-8 JSON.</summary>
    internal void Write(Stream stream) => JsonSerializer.Serialize(stream, this, RunStateJson.Default.RunState);

    private string? Finding() =>
        Driver.ValueKind != JsonValueKind.Object ? "state has a driver that is no object"
        : Logs.Steps < 0 || Logs.Epochs < 0 || Logs.Events < 0 || Logs.Noise < 0 ? $"state has logs of negative lengths ({Logs})"
        : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    MaxDepth = 600,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class RunStateJson : JsonSerializerContext;
