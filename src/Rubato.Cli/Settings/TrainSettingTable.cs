using System.Collections.Immutable;
using Rubato.Language;
using Rubato.Rewrites;
using Rubato.Torch;
using static Rubato.Cli.Settings.TrainSetting;

namespace Rubato.Cli.Settings;

/// <summary>
/// Every property of <see cref="TrainSettings"/> by the name a user writes. A new property is one row here; flags, configuration files,
/// their printer and the help page follow.
/// </summary>
internal static class TrainSettingTable
{
    private const string Data = "Data";
    private const string Model = "Network and loss";
    private const string Plan = "Optimizer and plan";
    private const string Run = "Run";

    /// <summary>The settings in the order of the help page and of a printed configuration.</summary>
    public static ImmutableArray<TrainSetting> All { get; } =
    [
        Word(
            "data",
            new SettingHelp(
                Data,
                "SET",
                "The data set: glyphs (built in), mnist:DIR, cifar10:DIR, cifar100:DIR or csv:FILE.",
                "mnist:data/mnist"),
            s => s.Data,
            (s, v) => s with { Data = ColonOptions.Without(v) }),
        OptionalWord(
            "label",
            new SettingHelp(Data, "NAME", "The label column of a csv data set.", "species", "none; csv:FILE needs it"),
            s => s.Label,
            (s, v) => s with { Label = v }),
        Number(
            "held-out",
            new SettingHelp(Data, "SHARE", "The share of a csv data set that is held out for testing.", "0.25"),
            s => s.HeldOut,
            (s, v) => s with { HeldOut = v }),
        OptionalInteger(
            "train-samples",
            new SettingHelp(Data, "N", "Train on a class-balanced subset of N samples.", "1000", "all"),
            s => s.TrainSamples,
            (s, v) => s with { TrainSamples = v }),
        OptionalNumber(
            "validation",
            new SettingHelp(
                Data,
                "SHARE",
                "Holds this share of the training samples out, of each class alike: to choose by, so that the test set is left to test by.",
                "0.1",
                "none"),
            s => s.Validation,
            (s, v) => s with { Validation = v }),
        Word(
            "augment",
            new SettingHelp(
                Data,
                "HOW",
                "Random changes of training images: none, crop(PAD), flip, or several with commas.",
                "\"crop(4), flip\""),
            s => s.Augment,
            (s, v) => s with { Augment = v }),
        Word(
            "network",
            new SettingHelp(
                Model,
                "NET",
                "The network, with its options in parentheses: mlp, convnet, cifar10-quick, cifar10-full, resnet-20/32/56/110, wrn-D-K.",
                "\"mlp(256, 128, norm batch)\""),
            s => s.Network,
            (s, v) => s with { Network = ColonOptions.Without(v) }),
        OptionalWord(
            "init",
            new SettingHelp(
                Model,
                "FILE",
                "A safetensors file, such as the model.safetensors of a run folder, whose weights the network begins with; "
                + "a note names the tensors that do not fit.",
                "runs/first-try/model.safetensors",
                "new weights, by --seed"),
            s => s.Init,
            (s, v) => s with { Init = v }),
        OptionalWord(
            "freeze",
            new SettingHelp(
                Model,
                "PATTERNS",
                "Parameters that are not trained, by name, with commas between; a * stands for anything.",
                "\"1.*, *.bias\"",
                "none"),
            s => s.Freeze,
            (s, v) => s with { Freeze = v }),
        Switch(
            "freeze-last",
            new SettingHelp(
                Model,
                "",
                "The last layer is not trained and stays at its initial values: "
                + "with --no-affine the length of no trained weight has an effect.",
                ""),
            s => s.FreezeLast,
            (s, v) => s with { FreezeLast = v }),
        Switch(
            "no-affine",
            new SettingHelp(Model, "", "Normalizations have no trained weights and biases; see --freeze-last.", ""),
            s => s.NoAffine,
            (s, v) => s with { NoAffine = v }),
        Word(
            "loss",
            new SettingHelp(Model, "NAME", "cross-entropy, or mse: the mean squared error against one-hot targets.", "mse"),
            s => s.Loss,
            (s, v) => s with { Loss = v }),
        Number(
            "label-smoothing",
            new SettingHelp(Model, "SHARE", "Label smoothing of the cross entropy.", "0.1"),
            s => s.LabelSmoothing,
            (s, v) => s with { LabelSmoothing = v }),
        Word(
            "optimizer",
            new SettingHelp(
                Plan,
                "NAME",
                "sgd, nesterov, adam, adamw, rmsprop, adagrad, adadelta, adamp, sgdp, lamb or lars; its options, if any, in parentheses.",
                "adamw"),
            s => s.Optimizer,
            (s, v) => s with { Optimizer = ColonOptions.Without(v) }),
        OptionalValue(
            "lr",
            new SettingHelp(
                Plan,
                "RATE",
                "The learning rate. auto: the peak is found by a rehearsal; auto * SCHEDULE: with a shape of one's own, in shares of it; "
                + "autowarmup: found while training; one-cycle, clr or clr(POLICY, cycles N) with triangular, triangular2 or exp-range: "
                + "between bounds that a range test finds first; plateau(0.1): reduced where the loss falls no more; "
                + "polyak, polyak(C) or either times a SCHEDULE: from loss and gradient at each update; "
                + "a schedule such as step(0.1, gamma 0.5, every 2ep); a number: the peak of a warm-up with a cosine to 0 after it; "
                + "usual: the optimizer's usual peak for the network.",
                "0.1",
                "auto"),
            s => s.LearningRate,
            Rate.Parse,
            (s, v) => s with { LearningRate = v }),
        OptionalNumber(
            "warmup",
            new SettingHelp(
                Plan,
                "SHARE",
                "Where --lr is auto, polyak or a number: the share of the run in which the rate rises to the peak.",
                "0.1",
                "0.2 for auto and polyak, else 0.05"),
            s => s.Warmup,
            (s, v) => s with { Warmup = v }),
        OptionalNumber(
            "epochs",
            new SettingHelp(Plan, "N", "Passes over the training set; fractions are allowed.", "10", "5"),
            s => s.Epochs,
            (s, v) => s with { Epochs = v }),
        Text(
            "length",
            new SettingHelp(
                Plan,
                "LENGTH",
                "The length of the run in ep (epochs), ba (batches) or sp (samples), instead of --epochs.",
                "5000ba",
                "--epochs says it"),
            s => s.Length?.ToString(),
            (s, text, subject) => s with { Length = text is null ? null : LengthOf(text, subject) }),
        Value(
            "batch",
            new SettingHelp(
                Plan,
                "N",
                "The global batch size in samples: a number, a schedule, or adaptive(128): "
                + "it grows from 128 on towards the measured critical batch size.",
                "\"multi-step(128, gamma 2, at 3ep)\""),
            s => s.Batch,
            Batch.Parse,
            (s, v) => s with { Batch = v }),
        Text(
            "tail",
            new SettingHelp(
                Plan,
                "HOW",
                "The last batch of an epoch: carry fills it from the next epoch, cut uses what is left.",
                "cut"),
            s => s.Tail == EpochTail.Cut ? "cut" : "carry",
            (s, text, subject) => text is null
                ? null
                : s with { Tail = OneOf(text, subject, ("carry", EpochTail.Carry), ("cut", EpochTail.Cut)) }),
        OptionalInteger(
            "micro-batch",
            new SettingHelp(
                Plan,
                "N",
                "The largest batch that is computed at once; gradients of a larger global batch are accumulated.",
                "64",
                "the whole batch"),
            s => s.MicroBatch,
            (s, v) => s with { MicroBatch = v }),
        OptionalInteger(
            "ghost-batch",
            new SettingHelp(
                Plan,
                "N",
                "Samples that share the statistics of a batch normalization in training, whatever the batch; it must divide --micro-batch.",
                "64",
                "all that are computed at once"),
            s => s.GhostBatch,
            (s, v) => s with { GhostBatch = v }),
        Switch(
            "sync-batch-norm",
            new SettingHelp(Plan, "", "Batch normalizations take their statistics over the samples of all --processes.", ""),
            s => s.SyncBatchNorm,
            (s, v) => s with { SyncBatchNorm = v }),
        Text(
            "rewrite",
            new SettingHelp(
                Plan,
                "REWRITES",
                "Rewrites of the plan, with commas between. Keeping the noise of its updates: "
                + "grow-batch: the batch grows where the rate would decay; grow-batch(max 5120, first 1); "
                + "scale-batch(5): batch and rate by a factor; raise-momentum(0.98): a higher momentum, and the batch with it. "
                + "Keeping its function, as the last: "
                + "exponential, texp or texp--: weight decay as a growing rate, with sgd and normalization.",
                "grow-batch",
                "none"),
            s => s.Rewrite.ToString(),
            (s, text, subject) => text is null ? null : s with { Rewrite = RewriteSequence.Parse(text, subject) }),
        OptionalInteger(
            "measure-noise",
            new SettingHelp(
                Plan,
                "N",
                "Measures the noise of the gradient, and the critical batch size with it, at each N-th update.",
                "10",
                "not, unless the batch is adaptive"),
            s => s.MeasureNoise,
            (s, v) => s with { MeasureNoise = v }),
        OptionalValue(
            "momentum",
            new SettingHelp(
                Plan,
                "SHARE",
                "SGD's, RMSprop's and LARS's momentum, or beta1 of Adam's family: a number or a schedule.",
                "0.95",
                "0.9; 0 for rmsprop"),
            s => s.Momentum,
            Schedules,
            (s, v) => s with { Momentum = v }),
        OptionalValue(
            "weight-decay",
            new SettingHelp(Plan, "RATE", "The weight decay: a number or a schedule.", "5e-4", "the network's usual value"),
            s => s.WeightDecay,
            Schedules,
            (s, v) => s with { WeightDecay = v }),
        OptionalValue(
            "clip-norm",
            new SettingHelp(
                Plan,
                "NORM",
                "The largest norm of a gradient, a number or a schedule: a longer one is shortened to it before the update.",
                "1",
                "any"),
            s => s.ClipNorm,
            Schedules,
            (s, v) => s with { ClipNorm = v }),
        OptionalValue(
            "clip-value",
            new SettingHelp(
                Plan,
                "VALUE",
                "The largest absolute value of an element of a gradient, a number or a schedule; "
                + "larger ones become it, before --clip-norm.",
                "0.1",
                "any"),
            s => s.ClipValue,
            Schedules,
            (s, v) => s with { ClipValue = v }),
        Text(
            "groups",
            new SettingHelp(
                Plan,
                "GROUPS",
                "Schedules of their own for parameters, by name, with semicolons between groups: "
                + "fc.*(lr 2 * base); *.bias(weight-decay 0). "
                + "A * stands for anything, base for the schedule of the others; options are lr, momentum and weight-decay.",
                "\"*.bias(weight-decay 0)\"",
                "none"),
            s => s.Groups.ToString(),
            (s, text, subject) => text is null ? null : s with { Groups = ParameterGroups.Parse(text, subject) }),
        Text(
            "guard",
            new SettingHelp(
                Plan,
                "WORD",
                "on goes back to a snapshot with a lower rate where the loss rises for good, stays high or is not finite, "
                + "or the network is dead, 12 times at most; off does not.",
                "on",
                "on where --lr is auto or polyak, else off"),
            s => s.Guard is { } guard ? guard ? "on" : "off" : null,
            (s, text, subject) => s with { Guard = text is null ? null : OneOf(text, subject, ("on", true), ("off", false)) }),
        Text(
            "best",
            new SettingHelp(
                Run,
                "WHAT",
                "Keeps the weights of the best epoch, too, in best.safetensors, by validation-loss, validation-accuracy, "
                + "test-loss or test-accuracy.",
                "validation-loss",
                "the last weights only"),
            s => s.Best?.Text(),
            (s, text, subject) => s with { Best = text is null ? null : OneOf(text, subject, [.. WatchedExtensions.Words]) }),
        OptionalInteger(
            "stop-early",
            new SettingHelp(
                Run,
                "N",
                "Ends the run after N epochs in a row without a new best, of --best, or else of the validation loss, "
                + "or the test loss without --validation. The plan stays as it is.",
                "10",
                "runs to the end"),
            s => s.StopEarly,
            (s, v) => s with { StopEarly = v }),
        Long(
            "seed",
            new SettingHelp(Run, "N", "Decides initial weights, order of samples and augmentation.", "7"),
            s => s.Seed,
            (s, v) => s with { Seed = v }),
        Word(
            "device",
            new SettingHelp(Run, "WHERE", "auto, cpu, cuda or cuda:N.", "cuda:0"),
            s => s.Device,
            (s, v) => s with { Device = v }),
        OptionalInteger(
            "threads",
            new SettingHelp(Run, "N", "Threads inside an operator.", "2", "by the network's kind"),
            s => s.Threads,
            (s, v) => s with { Threads = v }),
        Value(
            "save-every",
            new SettingHelp(
                Run,
                "INTERVAL",
                "How often a checkpoint is written, from which --resume goes on: 1ep (epochs), 500ba (batches), 10min (minutes), "
                + "usual: each epoch, but at most one a minute; off: never, not even at the end.",
                "10min"),
            s => s.SaveEvery,
            SaveInterval.Parse,
            (s, v) => s with { SaveEvery = v }),
        Integer(
            "keep",
            new SettingHelp(Run, "N", "How many checkpoints stay, the newest.", "5"),
            s => s.Keep,
            (s, v) => s with { Keep = v }),
        Word(
            "out",
            new SettingHelp(Run, "DIR", "Where run folders are kept.", "experiments/runs"),
            s => s.Out,
            (s, v) => s with { Out = v }),
        OptionalWord(
            "name",
            new SettingHelp(Run, "NAME", "The run's name: its folder under --out.", "first-try", "data, network and a number"),
            s => s.Name,
            (s, v) => s with { Name = v }),
    ];

    /// <summary>The setting of a name.</summary>
    /// <param name="name">A flag without its dashes; a key of the configuration file.</param>
    /// <returns>The setting; null for an unknown name.</returns>
    public static TrainSetting? Find(string name) => All.FirstOrDefault(setting => setting.Name == name);

    private static Schedule Schedules(string text, string subject) => Schedule.Parse(text, subject);

    private static Duration LengthOf(string text, string subject)
    {
        try
        {
            return Duration.Parse(text);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException([.. exception.Findings.Select(finding => finding.Under(subject))], exception);
        }
    }
}
