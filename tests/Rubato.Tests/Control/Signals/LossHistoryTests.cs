using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class LossHistoryTests
{
    [Fact]
    public void Append_AnyHistoriesOfAnyAge_EachWhatWasAppendedToIt() => Check.QuickThrowOnFailure(Prop.ForAll<(byte From, double Loss)[]>(appended =>
    {
        var histories = new List<(LossHistory Found, double[] Expected)> { (LossHistory.Empty, []) };
        foreach (var (from, loss) in appended)
        {
            var (found, expected) = histories[from % histories.Count];
            histories.Add((found.Append(loss), [.. expected, loss]));
        }

        return histories.All(history => history.Found.SequenceEqual(history.Expected) && history.Found.Equals(LossHistory.Of(history.Expected)));
    }));

    [Fact]
    public void Append_ManyLosses_OldHistoriesStay()
    {
        var history = LossHistory.Empty;
        var old = new List<LossHistory>();
        for (var i = 0; i < 1000; i++)
        {
            old.Add(history);
            history = history.Append(i);
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (double)i), history);
        Assert.All(old.Index(), item => Assert.Equal(item.Index, item.Item.Count));
        Assert.Equal(999, history[999]);
        Assert.Throws<ArgumentOutOfRangeException>(() => old[999][999]);
    }

    [Fact]
    public void Equals_OtherLossOrZeroOfOtherSign_NotEqual()
    {
        Assert.Equal(LossHistory.Of(1, double.NaN), LossHistory.Of(1).Append(BitConverter.Int64BitsToDouble(0x7FF8000000000001)));
        Assert.NotEqual(LossHistory.Of(0.0), LossHistory.Of(-0.0));
        Assert.NotEqual(LossHistory.Of(1), LossHistory.Of(1, 2));
        Assert.False(LossHistory.Empty.Equals(null));
    }
}
