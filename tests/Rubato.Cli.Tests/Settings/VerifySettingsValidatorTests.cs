using Rubato.Cli.Settings;
using Rubato.Rewrites;

namespace Rubato.Cli.Tests.Settings;

public sealed class VerifySettingsValidatorTests
{
    private static readonly VerifySettings Sound = new() { Training = new TrainSettings { Network = "mlp(16, norm batch)", Rewrite = RewriteSequence.Parse("exponential") } };

    public static TheoryData<object, string> Broken => new()
    {
        { Sound with { Closeness = new() { Updates = 0 } }, "--updates is 0; it must be at least 1, for instance --updates 300." },
        { Sound with { Closeness = new() { Every = 0 } }, "--every is 0; it must be at least 1, for instance --every 10." },
        { Sound with { Closeness = new() { Probe = -1 } }, "--probe is -1; it must be at least 1, for instance --probe 256." },
        { Sound with { Closeness = new() { Tolerance = 0 } }, "--tolerance is 0; it must be a finite number above 0, for instance --tolerance 1e-8." },
        { Sound with { Closeness = new() { Tolerance = double.NaN } }, "--tolerance is NaN; it must be a finite number above 0, for instance --tolerance 1e-8." },
        { Sound with { Closeness = new() { Tolerance = double.PositiveInfinity } }, "--tolerance is Infinity; it must be a finite number above 0, for instance --tolerance 1e-8." },
        { With(training => training with { Rewrite = new() }), "--rewrite is missing; name the rewrite to verify, for instance --rewrite exponential." },
        {
            With(training => training with { Rewrite = RewriteSequence.Parse("grow-batch"), LearningRate = Rate.Parse("step(0.1, gamma 0.1, every 1ep)") }),
            "--rewrite is 'grow-batch', which claims the same noise of the updates and not the same function; only exponential, texp and texp-- claim that, for instance --rewrite \"grow-batch, exponential\"."
        },
        { With(training => training with { LearningRate = Rate.Parse("auto") }), "--lr is 'auto', which is found before a run; give a rate to verify with, for instance --lr 0.1." },
        { With(training => training with { LearningRate = Rate.Parse("one-cycle") }), "--lr is 'one-cycle', which is found before a run; give a rate to verify with, for instance --lr 0.1." },
        {
            With(training => training with { Optimizer = "adam" }),
            "--rewrite is 'exponential', but --optimizer is 'adam': weight decay can be written as a growing rate only for sgd with heavy-ball momentum and a buffer that is kept; choose --optimizer sgd, or leave the rewrite out."
        },
        {
            With(training => training with { Optimizer = "nesterov" }),
            "--rewrite is 'exponential', but --optimizer is 'nesterov': weight decay can be written as a growing rate only for sgd with heavy-ball momentum and a buffer that is kept; choose --optimizer sgd, or leave the rewrite out."
        },
        {
            With(training => training with { LearningRate = Rate.Polyak() }),
            "--rewrite is 'exponential', but --lr is 'polyak': the rate is decided while training goes on, and no plan knows it before; leave --rewrite out."
        },
        {
            With(training => training with { Rewrite = RewriteSequence.Parse("texp"), LearningRate = Rate.Parse("plateau(0.1)") }),
            "--rewrite is 'texp', but --lr is 'plateau(0.1)': the rate is decided while training goes on, and no plan knows it before; leave --rewrite out."
        },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void FindingsIn_OneMistake_OneSentence(object settings, string finding) =>
        Assert.Equal(finding, Shown.ByVerify(Assert.Single(VerifySettingsValidator.FindingsIn((VerifySettings)settings))));

    [Fact]
    public void FindingsIn_ManyMistakes_All() => Assert.Equal(
        5, VerifySettingsValidator.FindingsIn(Sound with { Closeness = new() { Updates = 0, Every = 0, Probe = 0 }, Training = Sound.Training with { Loss = "ms", Rewrite = new() } }).Length);

    [Fact]
    public void FindingsIn_FolderOfTheTraining_IsNotUsed() =>
        Assert.Empty(VerifySettingsValidator.FindingsIn(With(training => training with { Out = "", Name = "a/b", LearningRate = null })));

    [Theory]
    [InlineData("exponential")]
    [InlineData("texp")]
    [InlineData("texp--")]
    [InlineData("texp(corrections none)")]
    [InlineData("grow-batch, exponential")]
    public void FindingsIn_ClaimsOfTheSameFunction_None(string rewrite) =>
        Assert.Empty(VerifySettingsValidator.FindingsIn(With(training => training with { Rewrite = RewriteSequence.Parse(rewrite), LearningRate = Rate.Parse("step(0.1, gamma 0.1, every 1ep)") })));

    private static VerifySettings With(Func<TrainSettings, TrainSettings> change) => Sound with { Training = change(Sound.Training) };
}
