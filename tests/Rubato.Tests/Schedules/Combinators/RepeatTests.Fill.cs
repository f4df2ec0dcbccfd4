using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed partial class RepeatTests
{
    // Strides that meet every boundary, step over whole cycles, and share no divisor with the length.
    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(0.7)]
    [InlineData(9.3)]
    [InlineData(40)]
    public void Fill_AnyStride_IsWhatAtReturns(double stride)
    {
        var body = new Linear(1, 0, Duration.Batches(3)).Then(new Cosine(0, 2, Duration.Batches(4)));
        Schedule[] repeats = [new Repeat(body), new Repeat(body, 5), new Repeat(body, null, 1.5), new Repeat(body, 4, 2, 0.5), new Repeat(body, null, 1, 0.9)];
        foreach (var repeat in repeats)
        {
            var filled = new double[97];
            repeat.Fill(0.5, stride, filled);

            Assert.Equal(Enumerable.Range(0, filled.Length).Select(i => repeat.At(0.5 + (i * stride))), filled);
        }
    }
}
