using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class TrialTests
{
    private static readonly ToySettings Settings = new() { Updates = 3000 };

    private static readonly Trial Trial = Trial.Run(seed: 0, Settings);

    [Fact]
    public void Tail_EachAlone_IsBelowTheFloor()
    {
        var claim = new Claim(Settings);

        Assert.True(claim.Converges(Trial.Tail(Form.WeightDecay)));
        Assert.True(claim.Converges(Trial.Tail(Form.Normalization)));
        Assert.False(claim.Converges(Trial.Tail(Form.Both)));
    }

    [Fact]
    public void Tail_BothTogether_StaysAway()
    {
        var claim = new Claim(Settings);

        Assert.True(claim.StaysAway(Trial.Tail(Form.Both)));
        Assert.False(claim.StaysAway(Trial.Tail(Form.WeightDecay)));
        Assert.False(claim.StaysAway(Trial.Tail(Form.Normalization)));
        Assert.True(Claim.Holds(Trial));
    }

    [Fact]
    public void Errors_FirstUpdate_IsFarFromTheTail() =>
        Assert.All(Form.All, form => Assert.InRange(Trial.Errors(form)[0], 0.2, 0.6));

    [Fact]
    public void Turn_Both_IsThatOfTheEquilibrium() => Assert.Equal(Math.Sqrt(2 * 0.01), Trial.Turn, 0.005);

    [Fact]
    public void LargestDifference_OfTheRewrittenRun_IsRounding() => Assert.InRange(Trial.LargestDifference, 1e-17, 1e-9);

    [Fact]
    public void Run_WithoutWeightDecay_BothIsNormalizationAlone()
    {
        var trial = Trial.Run(seed: 0, Settings with { WeightDecay = 0 });

        Assert.Equal(trial.Tail(Form.Normalization), trial.Tail(Form.Both));
        Assert.False(new Claim(Settings).StaysAway(trial.Tail(Form.Both)));
        Assert.False(Claim.Holds(trial));
    }

    [Fact]
    public void Run_SmallBatch_WeightDecayAloneIsTooNoisy()
    {
        var trial = Trial.Run(seed: 0, Settings with { BatchSize = 16 });

        Assert.False(new Claim(Settings).Converges(trial.Tail(Form.WeightDecay)));
        Assert.False(Claim.Holds(trial));
    }
}
