using Rubato.Cli.Settings;
using Rubato.Rewrites;

namespace Rubato.Cli.Tests.Settings;

public sealed class TrainSettingsValidatorTests
{
    private static readonly TrainSettings Defaults = new();

    public static TheoryData<object, string> Broken => new()
    {
        { Defaults with { Data = "" }, "--data is ''; it must name a data set, for instance --data mnist:data/mnist." },
        { Defaults with { HeldOut = 0 }, "--held-out is 0; it must be above 0 and below 1, for instance --held-out 0.25." },
        { Defaults with { HeldOut = 1 }, "--held-out is 1; it must be above 0 and below 1, for instance --held-out 0.25." },
        { Defaults with { TrainSamples = 0 }, "--train-samples is 0; it must be at least 1, for instance --train-samples 1000." },
        { Defaults with { Validation = 0 }, "--validation is 0; it must be above 0 and below 1, for instance --validation 0.1." },
        { Defaults with { Validation = 1, Best = Watched.ValidationLoss }, "--validation is 1; it must be above 0 and below 1, for instance --validation 0.1." },
        { Defaults with { StopEarly = 0 }, "--stop-early is 0; it must be at least 1, for instance --stop-early 10." },
        { Defaults with { Best = Watched.ValidationLoss }, "--best is 'validation-loss', but no samples are held out for validation; add --validation 0.1." },
        { Defaults with { Best = Watched.ValidationAccuracy }, "--best is 'validation-accuracy', but no samples are held out for validation; add --validation 0.1." },
        {
            Defaults with { LearningRate = Rate.Parse("plateau(0.1, watch validation-loss)") },
            "--lr is 'plateau(0.1, watch validation-loss)', but no samples are held out for validation; add --validation 0.1."
        },
        { Defaults with { Augment = "" }, "--augment is ''; it must be none or name what to change, for instance --augment \"crop(4), flip\"." },
        { Defaults with { Network = "" }, "--network is ''; it must name a network, for instance --network \"mlp(256, 128, norm batch)\"." },
        { Defaults with { Optimizer = "adam", Momentum = Schedule.Parse("1") }, "--momentum is 1; it must be at least 0 and below 1, for instance --momentum 0.95." },
        { Defaults with { Loss = "ms" }, "--loss is 'ms'; it must be one of cross-entropy, mse; did you mean 'mse'?" },
        { Defaults with { Loss = "hinge" }, "--loss is 'hinge'; it must be one of cross-entropy, mse." },
        { Defaults with { Optimizer = "" }, "--optimizer is ''; it must name an optimizer, for instance --optimizer adamw." },
        { Defaults with { LabelSmoothing = 1 }, "--label-smoothing is 1; it must be at least 0 and below 1, for instance --label-smoothing 0.1." },
        { Defaults with { LearningRate = Rate.Parse("autowarmup"), Warmup = 0.1 }, "--warmup is 0.1, but --lr is 'autowarmup', which says itself how it warms up; leave --warmup out." },
        { Defaults with { LearningRate = Rate.Parse("autowarmup"), Momentum = Schedule.Parse("1") }, "--momentum is 1; it must be at least 0 and below 1, for instance --momentum 0.95." },
        { Defaults with { LearningRate = Rate.Parse("one-cycle"), Warmup = 0.1 }, "--warmup is 0.1, but --lr is 'one-cycle', which says itself how it warms up; leave --warmup out." },
        { Defaults with { Warmup = 1 }, "--warmup is 1; it must be at least 0 and below 1, for instance --warmup 0.1." },
        { Defaults with { Warmup = double.NaN }, "--warmup is NaN; it must be at least 0 and below 1, for instance --warmup 0.1." },
        {
            Defaults with { Warmup = 0.1, LearningRate = Rate.Parse("cosine(0.1 -> 0)") },
            "--warmup is 0.1, but --lr is the schedule 'cosine(0.1 -> 0)'; write the warm-up into it, for instance warmup(cosine(0.1 -> 0), 0.1dur)."
        },
        { Defaults with { Epochs = 0 }, "--epochs is 0; it must be a finite number above 0, for instance --epochs 10." },
        { Defaults with { Epochs = -1 }, "--epochs is -1; it must be a finite number above 0, for instance --epochs 10." },
        { Defaults with { Epochs = double.NaN }, "--epochs is NaN; it must be a finite number above 0, for instance --epochs 10." },
        { Defaults with { Epochs = 10, Length = Duration.Parse("5000ba") }, "--epochs is 10, and --length is '5000ba', which says the same; leave one of them out." },
        { Defaults with { GhostBatch = 1 }, "--ghost-batch is 1; it must be at least 2, since a sample alone has no variance, for instance --ghost-batch 64." },
        { Defaults with { GhostBatch = 32, MicroBatch = 80 }, "--micro-batch is 80, which --ghost-batch 32 does not divide; write a multiple of it, for instance --micro-batch 64." },
        { Defaults with { GhostBatch = 32, MicroBatch = 16 }, "--micro-batch is 16, which --ghost-batch 32 does not divide; write a multiple of it, for instance --micro-batch 32." },
        { Defaults with { MeasureNoise = 0 }, "--measure-noise is 0; it must be at least 1, for instance --measure-noise 10." },
        {
            Defaults with { LearningRate = Rate.Parse("polyak(2) * cosine(1 -> 0)"), Warmup = 0.1 },
            "--warmup is 0.1, but --lr is 'polyak(2) * cosine(1 -> 0)', whose schedule says how it warms up; write the warm-up into it, for instance --lr \"polyak(2) * warmup(cosine(1 -> 0), 0.1dur)\"."
        },
        {
            Defaults with { Rewrite = RewriteSequence.Parse("exponential"), LearningRate = Rate.Polyak() },
            "--rewrite is 'exponential', but --lr is 'polyak': the rate is decided while training goes on, and no plan knows it before; leave --rewrite out."
        },
        {
            Defaults with { Rewrite = RewriteSequence.Parse("grow-batch"), LearningRate = Rate.Parse("plateau(0.1)") },
            "--rewrite is 'grow-batch', but --lr is 'plateau(0.1)': the rate is decided while training goes on, and no plan knows it before; leave --rewrite out."
        },
        { Defaults with { Batch = 0 }, "--batch is 0; it must be a whole number of at least 1, for instance --batch 256." },
        {
            Defaults with { Batch = Batch.Parse("adaptive(128)"), Rewrite = RewriteSequence.Parse("grow-batch") },
            "--rewrite is 'grow-batch', but --batch is 'adaptive(128)': the batch is decided while training goes on, and no plan knows it before; leave --rewrite out."
        },
        { Defaults with { Batch = Batch.Parse("1.5") }, "--batch is 1.5; it must be a whole number of at least 1, for instance --batch 256." },
        {
            Defaults with { Optimizer = "adagrad", Groups = ParameterGroups.Parse("fc.*(lr 0.1); *.bias(momentum 0.5)") },
            "--groups: '*.bias' has a momentum, but --optimizer adagrad has none; leave it out."
        },
        { Defaults with { MicroBatch = 0 }, "--micro-batch is 0; it must be at least 1, for instance --micro-batch 64." },
        { Defaults with { Momentum = Schedule.Parse("1") }, "--momentum is 1; it must be at least 0 and below 1, for instance --momentum 0.95." },
        { Defaults with { Momentum = Schedule.Parse("-0.1") }, "--momentum is -0.1; it must be at least 0 and below 1, for instance --momentum 0.95." },
        { Defaults with { WeightDecay = Schedule.Parse("-1") }, "--weight-decay is -1; it must be a finite number of at least 0, for instance --weight-decay 5e-4." },
        { Defaults with { ClipNorm = 0 }, "--clip-norm is 0; it must be a finite number above 0, for instance --clip-norm 1." },
        { Defaults with { ClipValue = -1 }, "--clip-value is -1; it must be a finite number above 0, for instance --clip-value 0.1." },
        {
            Defaults with { ClipValue = Schedule.Parse("linear(1 -> -1)"), Length = Duration.Parse("100ba") },
            "--clip-value is 'linear(1 -> -1)'; it is 0 at sample 6400, but must be a finite number above 0."
        },
        { Defaults with { Init = "" }, "--init is ''; it must name a file, for instance --init runs/first-try/model.safetensors." },
        { Defaults with { Freeze = "1.*,," }, "--freeze is '1.*,,'; it must be patterns of names with commas between, for instance --freeze \"1.*, *.bias\"." },
        { Defaults with { Device = "gpu" }, "--device is 'gpu'; it must be auto, cpu, cuda or cuda:N, for instance --device cuda:0." },
        { Defaults with { Device = "cuda:" }, "--device is 'cuda:'; it must be auto, cpu, cuda or cuda:N, for instance --device cuda:0." },
        { Defaults with { Device = "cuda:x" }, "--device is 'cuda:x'; it must be auto, cpu, cuda or cuda:N, for instance --device cuda:0." },
        { Defaults with { Threads = 0 }, "--threads is 0; it must be at least 1 and at most 1024, for instance --threads 2." },
        { Defaults with { Threads = 1025 }, "--threads is 1025; it must be at least 1 and at most 1024, for instance --threads 2." },
        { Defaults with { Out = "" }, "--out is ''; it must name a folder, for instance --out experiments/runs." },
        {
            Defaults with { Data = "csv:a.csv" },
            "--data is 'csv:a.csv', but --label is missing; name the column that holds the class, for instance --label species."
        },
        { Defaults with { Label = "x" }, "--label is 'x', but only csv data has label columns and --data is 'glyphs'; leave --label out." },
        {
            Defaults with { Loss = "mse", LabelSmoothing = 0.1 },
            "--label-smoothing is 0.1, but --loss is 'mse', which has none; leave --label-smoothing out."
        },
    };

    /// <summary>What the libraries say of them is the business of their own tests.</summary>
    public static TheoryData<object, string> RefusedByLibraries => new()
    {
        { Defaults with { Network = "mlp(0)" }, "--network 'mlp(0)', column 5: " },
        { Defaults with { Optimizer = "sdg" }, "--optimizer is 'sdg', " },
        { Defaults with { Augment = "crop" }, "--augment is 'crop', " },
        { Defaults with { Length = Duration.Parse("100ba"), LearningRate = Rate.Parse("linear(-0.5 -> 1)") }, "--lr is 'linear(-0.5 -> 1)'; " },
        { Defaults with { Length = Duration.Parse("0.5dur") }, "--length is '0.5dur'; " },
        { Defaults with { Length = Duration.Parse("100ba"), Batch = Batch.Parse("step(128, gamma 2, every 10ba)") }, "--batch is 'step(128, gamma 2, every 10ba)': " },
        { Defaults with { Length = Duration.Parse("100ba"), Momentum = Schedule.Parse("linear(1.5 -> 0)") }, "--momentum is 'linear(1.5 -> 0)'; " },
        { Defaults with { Length = Duration.Parse("100ba"), Batch = 64, WeightDecay = Schedule.Parse("linear(-1 -> 1, 6400sp)") }, "--weight-decay is 'linear(-1 -> 1, 6400sp)'; " },
    };

    public static TheoryData<object> Good =>
    [
        Defaults,
        Defaults with { Data = "csv:a.csv", Label = "x", HeldOut = 0.01 },
        Defaults with
        {
            Momentum = Schedule.Parse("0"), Warmup = 0, WeightDecay = Schedule.Parse("0"), LabelSmoothing = 0.99, Batch = 1, Epochs = 1, MicroBatch = 1, Threads = 1, TrainSamples = 1,
        },
        Defaults with { Device = "cuda:12", Seed = long.MinValue, LearningRate = Rate.Parse("5e-324") },
        Defaults with { Epochs = 204.8, Batch = Batch.Parse("multi-step(128, gamma 5, at 60ep)"), Tail = EpochTail.Cut },
        Defaults with { Length = Duration.Parse("5000ba"), LearningRate = Rate.Parse("warmup(cosine(0.1 -> 0), 0.1dur)"), Momentum = Schedule.Parse("linear(0.5 -> 0.9)") },
        Defaults with { ClipNorm = 1, ClipValue = Schedule.Parse("linear(1 -> 0.1, 2ep)"), Length = Duration.Parse("100ba") },
        Defaults with { Init = "no/such/file", Freeze = "1.*, *.bias" },
        Defaults with { Groups = ParameterGroups.Parse("*.bias(weight-decay 0, lr 2 * base)") },
        Defaults with { Batch = Batch.Parse("adaptive(128, max 4096)"), Length = Duration.Parse("5000ba"), LearningRate = Rate.Parse("autowarmup") },
        // The budget is 6,400 samples: the decay is not read where it would be negative.
        Defaults with { Length = Duration.Parse("100ba"), Batch = 64, WeightDecay = Schedule.Parse("linear(1 -> -1, 12800sp)") },
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void FindingsIn_OneMistake_OneSentence(object settings, string finding) =>
        Assert.Equal(finding, Shown.ByTrain(Assert.Single(TrainSettingsValidator.FindingsIn((TrainSettings)settings))));

    [Theory]
    [MemberData(nameof(RefusedByLibraries))]
    public void FindingsIn_RefusedByALibrary_OneSentenceUnderTheFlag(object settings, string start) => Assert.StartsWith(
        start, Shown.ByTrain(Assert.Single(TrainSettingsValidator.FindingsIn((TrainSettings)settings))), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Good))]
    public void FindingsIn_Usable_None(object settings) => Assert.Empty(TrainSettingsValidator.FindingsIn((TrainSettings)settings));

    [Fact]
    public void FindingsIn_ManyMistakes_All() =>
        Assert.Equal(4, TrainSettingsValidator.FindingsIn(Defaults with { Batch = 0, Epochs = 0, Momentum = Schedule.Parse("2"), Device = "" }).Length);
}
