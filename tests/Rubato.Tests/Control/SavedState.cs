using Rubato.Control;
using Rubato.Json;

namespace Rubato.Tests.Control;

/// <summary>A controller's memory as a driver saves it.</summary>
internal static class SavedState
{
    private static readonly StateContract Contract = StateContract.From(
        new PlanController(new TrainingPlan(new PlanSettings { Length = Duration.Batches(1), LearningRate = 1, BatchSize = 1 })));

    /// <summary>The memory alone, as JSON.</summary>
    internal static string Write(ControllerState state)
    {
        var text = Contract.Write(new DriverDocument(DriverDocument.CurrentVersion, 0, 0, "", null, state));
        const string Before = """{"version":3,"updates":0,"samples":0,"plan":"","settings":null,"controller":""";
        Assert.StartsWith(Before, text, StringComparison.Ordinal);
        return text[Before.Length..^1];
    }

    /// <summary>What <see cref="Write"/> wrote.</summary>
    internal static ControllerState Read(string json) =>
        Contract.Read($$"""{"version":3,"updates":0,"samples":0,"plan":"","settings":null,"controller":{{json}}}""").Controller;

    /// <summary>Written and read back.</summary>
    internal static TState Restored<TState>(TState state)
        where TState : ControllerState => Assert.IsType<TState>(Read(Write(state)));

    /// <summary>The sentence about JSON that is wrong.</summary>
    internal static string Message(string json) => Assert.Throws<InvalidInputException>(() => Read(json)).Message;
}
