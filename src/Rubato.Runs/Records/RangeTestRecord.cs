namespace Rubato.Runs.Records;

/// <summary>How a range test found the bounds of the learning rate before the run, in <c>summary.json</c>.</summary>
/// <param name="BaseLr">The lower bound; null where there was no clear answer.</param>
/// <param name="MaxLr">The upper bound; null where there was no clear answer.</param>
/// <param name="Rule">The rule that decided, such as <c>lowest</c>.</param>
/// <param name="Confidence">How much the rules agree on it, 0..1, as in the range test itself; 0 where there was no clear answer.</param>
/// <param name="Reason">Why there was no clear answer; null where there was one.</param>
/// <param name="BatchSize">The global batch size in samples at which it was measured.</param>
/// <param name="Updates">Updates of the test; none of them counts as one of the run.</param>
/// <param name="Samples">Training samples seen by them.</param>
/// <param name="Seconds">Wall-clock seconds that it took.</param>
/// <param name="Schedule">The learning rate of the run that followed, as text; null where none did.</param>
/// <remarks>Immutable.</remarks>
public sealed record RangeTestRecord(
    double? BaseLr,
    double? MaxLr,
    string Rule,
    double Confidence,
    string? Reason,
    long BatchSize,
    long Updates,
    long Samples,
    double Seconds,
    string? Schedule) : TrainingEvent;
