using System.Text.Json.Serialization;

namespace Rubato;

/// <summary>
/// What is watched of the evaluations of a training, to keep its best weights, to end it early, or to lower its rate. Text:
/// <c>validation-loss</c>, <c>validation-accuracy</c>, <c>test-loss</c>, <c>test-accuracy</c>.
/// </summary>
public enum Watched
{
    /// <summary>The mean loss over the validation samples; lower is better.</summary>
    [JsonStringEnumMemberName("validation-loss")]
    ValidationLoss,

    /// <summary>The share of the validation samples that is right; higher is better.</summary>
    [JsonStringEnumMemberName("validation-accuracy")]
    ValidationAccuracy,

    /// <summary>The mean loss over the test set; lower is better. What is chosen by it is no longer tested by it.</summary>
    [JsonStringEnumMemberName("test-loss")]
    TestLoss,

    /// <summary>The share of the test set that is right; higher is better. What is chosen by it is no longer tested by it.</summary>
    [JsonStringEnumMemberName("test-accuracy")]
    TestAccuracy,
}
