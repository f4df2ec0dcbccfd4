using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rubato.Cli.Configuration;
using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.Torch.Running;

namespace Rubato.Cli.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    private static readonly string[] Pieces =
    [
        "a", "null", "~", "true", "12", "1e5", "0x1F", ": ", " #", "#", ":", "\"", "'", "\\", "\n", "\r", "\t", " ", "-", "- ", "[", "]", "{", "}", ",", "&x",
        "*x", "!!str ", "|", ">", "%", "@", "`", "é", "日本", "😀", "\u0085", "\u2028", "\u2029", "\uFEFF", "\0", "\u007F", "---", "...", "?", "<<", ".nan", "\uFFFD",
    ];

    private static readonly Gen<string> Texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

    private static readonly Gen<double> Number = ArbMap.Default.GeneratorFor<double>();

    private static readonly Gen<Schedule> Schedules = Gen.OneOf(
        Number.Where(double.IsFinite).Select(number => (Schedule)number),
        Gen.Elements("cosine(0.1 -> 0)", "linear(0 -> 1, 2ep) then 0.5", "2 * step(0.1, gamma 0.5, every 3ba)").Select(text => Schedule.Parse(text)));

    private static readonly Gen<Rate> Rates = Gen.OneOf(
        Schedules.Select(Rate.FromSchedule),
        Number.Where(number => double.IsFinite(number) && number > 0).Select(Rate.FromPeak),
        Gen.Elements("usual", "auto", "auto * cosine(1 -> 0)", "one-cycle", "clr(triangular, cycles 3)", "autowarmup(paper)", "plateau(0.1, patience 5)", "polyak", "polyak(0.5) * cosine(1 -> 0)")
            .Select(text => Rate.Parse(text)));

    private static readonly Gen<Batch> Batches = Gen.OneOf(
        Schedules.Select(Batch.FromSchedule), Gen.Choose(1, int.MaxValue / 2).Select(first => Batch.Adaptive(first)), Gen.Constant(Batch.Adaptive(128, 4096)));

    [Fact]
    public void Read_PrintedSettings_Equal()
    {
        var settings =
            from texts in Texts.ArrayOf(9)
            from rate in Rates
            from batch in Batches
            from schedules in Schedules.ArrayOf(2)
            from length in Gen.Choose(1, 1_000_000).Select(count => Duration.Of(count / 8.0, count % 3 == 0 ? TimeUnit.Epochs : count % 3 == 1 ? TimeUnit.Batches : TimeUnit.Samples))
            from rewrite in Gen.Elements("", "grow-batch", "scale-batch(5), texp", "exponential", "raise-momentum(0.98, max 40)").Select(text => RewriteSequence.Parse(text))
            from guard in Gen.Elements<bool?>(null, true, false)
            from absent in ArbMap.Default.GeneratorFor<bool>().ArrayOf(13)
            from numbers in Number.ArrayOf(4)
            from integers in ArbMap.Default.GeneratorFor<int>().ArrayOf(3)
            from seed in ArbMap.Default.GeneratorFor<long>()
            select new TrainSettings
            {
                Data = texts[0],
                Label = absent[0] ? null : texts[1],
                Augment = texts[2],
                Network = texts[3],
                Optimizer = texts[4],
                Device = texts[5],
                Out = texts[6],
                Name = absent[1] ? null : texts[7],
                Tail = absent[11] ? EpochTail.Cut : EpochTail.Carry,
                Groups = absent[12] ? ParameterGroups.Parse("") : ParameterGroups.Parse("*.bias(lr 2 * base, weight-decay 0)"),
                HeldOut = numbers[0],
                LearningRate = absent[2] ? null : rate,
                Warmup = absent[8] ? null : numbers[1],
                Momentum = absent[7] ? null : schedules[0],
                WeightDecay = absent[3] ? null : schedules[1],
                LabelSmoothing = numbers[2],
                TrainSamples = absent[4] ? null : integers[0],
                Batch = batch,
                Rewrite = rewrite,
                Guard = guard,
                MicroBatch = absent[5] ? null : integers[1],
                Epochs = absent[9] ? null : numbers[3],
                Length = absent[10] ? null : length,
                Threads = absent[6] ? null : integers[2],
                Seed = seed,
                FreezeLast = absent[11],
                NoAffine = absent[12],
            };
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(settings.ToArbitrary(), wanted => Read(SettingsText.ToYaml(wanted)) == (wanted, "")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("---\n...\n")]
    [InlineData("{}\n")]
    [InlineData("lr:\n")]
    [InlineData("lr: null\nname: ~\n")]
    public void Read_NothingSet_Defaults(string yaml) => Assert.Equal((new TrainSettings(), ""), Read(yaml));

    [Fact]
    public void Read_HandWritten_Values() =>
        Assert.Equal(
            (new TrainSettings
            {
                Threads = 2,
                Batch = Batch.Parse("multi-step(128, gamma 2, at 3ep)"),
                Network = "mlp(256, 128, norm batch)",
                LearningRate = Rate.Parse("1e-3"),
                Momentum = Schedule.Parse("0.95"),
                Guard = true,
                Groups = ParameterGroups.Parse("*.bias(weight-decay 0)"),
                Name = "12",
                Augment = "crop(4), flip",
                FreezeLast = true,
                NoAffine = true,
            }, ""),
            Read("""
                # a comment
                threads: "2"        # quoted numbers are numbers
                batch: multi-step(128, gamma 2, at 3ep)
                network: 'mlp(256, 128, norm batch)'
                lr: 1e-3
                momentum: "0.95"
                guard: on
                groups: "*.bias(weight-decay 0)"
                name: 12
                augment: crop(4), flip
                freeze-last: true
                no-affine: "True"
                """));

    [Theory]
    [InlineData("seed: 1\nepoch: 3", "f.yaml, line 2: unknown key 'epoch'; did you mean 'epochs'?")]
    [InlineData("train_samples: 3", "f.yaml, line 1: unknown key 'train_samples'; did you mean 'train-samples'?")]
    [InlineData("threads: abc", "f.yaml, line 1: threads is 'abc'; it must be a whole number of at most 2147483647, for instance threads: 2.")]
    [InlineData("threads: 3000000000", "f.yaml, line 1: threads is '3000000000'; it must be a whole number of at most 2147483647, for instance threads: 2.")]
    [InlineData("seed:", "f.yaml, line 1: seed has no value; it must be a whole number of 64 bits, for instance seed: 7.")]
    [InlineData("batch:", "f.yaml, line 1: batch has no value; it must be a number or a schedule, for instance batch: \"multi-step(128, gamma 2, at 3ep)\".")]
    [InlineData("warmup: 0,9", "f.yaml, line 1: warmup is '0,9'; it must be a number, for instance warmup: 0.1.")]
    [InlineData("freeze-last: yes", "f.yaml, line 1: freeze-last is 'yes'; it must be true or false, for instance freeze-last: true.")]
    [InlineData("no-affine:", "f.yaml, line 1: no-affine has no value; it must be true or false, for instance no-affine: true.")]
    [InlineData("batch: 1\n\nbatch: 2", "f.yaml, line 3: the key 'batch' stands on line 1 already; keep one of them.")]
    [InlineData("seed: [1, 2]", "f.yaml, line 1: seed must be a single value without anchors and tags, for instance seed: 7.")]
    [InlineData("seed:\n  size: 2", "f.yaml, line 1: seed must be a single value without anchors and tags, for instance seed: 7.")]
    [InlineData("seed: !!int 2", "f.yaml, line 1: seed must be a single value without anchors and tags, for instance seed: 7.")]
    [InlineData("[a]: 2", "f.yaml, line 1: a key must be a word.")]
    [InlineData("- batch", "f.yaml, line 1: a configuration must be lines of 'key: value'.")]
    [InlineData("batch", "f.yaml, line 1: a configuration must be lines of 'key: value'.")]
    [InlineData("batch: 1\n---\nbatch: 2", "f.yaml, line 2: a configuration must be one document; remove the '---' line and what follows it.")]
    public void Read_Mistake_NamesKeyLineAndRule(string yaml, string finding) => Assert.Equal(finding, Read(yaml).Findings);

    [Theory]
    [InlineData("seed: 1\n\nlr: cosin(0.1 -> 0)", "f.yaml, line 3: lr 'cosin(0.1 -> 0)'")]
    [InlineData("lr: 0", "f.yaml, line 1: lr is 0;")]
    [InlineData("seed: 1\nbatch: adaptve(128)", "f.yaml, line 2: batch 'adaptve(128)'")]
    [InlineData("rewrite: grow", "f.yaml, line 1: rewrite 'grow'")]
    [InlineData("length: 5", "f.yaml, line 1: length: '5'")]
    [InlineData("tail: cary", "f.yaml, line 1: tail is 'cary';")]
    [InlineData("guard: yes", "f.yaml, line 1: guard is 'yes';")]
    [InlineData("momentum: much", "f.yaml, line 1: momentum 'much'")]
    public void Read_TextThatIsNoValue_NamesFileLineAndKey(string yaml, string start) =>
        Assert.StartsWith(start, Assert.Single(Read(yaml).Findings.Split('\n')), StringComparison.Ordinal);

    [Fact]
    public void Read_UnknownKeyLikeNoOther_ListsTheKnown() =>
        Assert.StartsWith("f.yaml, line 1: unknown key 'frobnicate'; known are data, label, held-out, ", Read("frobnicate: 1").Findings, StringComparison.Ordinal);

    [Fact]
    public void Read_SeveralMistakes_AllReportedAndTheRestUsed()
    {
        var (settings, findings) = Read("epoch: 3\nthreads: x\nseed: 5\nwarmup: y\n");

        Assert.Equal(3, findings.Split('\n').Length);
        Assert.Equal(new TrainSettings { Seed = 5 }, settings);
    }

    [Theory]
    [InlineData("seed: 1\nnetwork: mlp(256, norm: batch)\n", 2)]
    [InlineData("seed: 1\nname: \"open\n", 2)]
    [InlineData("batch: *none\n", 1)]
    [InlineData("seed: 1\n\tbatch: 2\n", 1)]
    [InlineData("seed: 1\nname: \"a\"*b\nbatch: 2\n", 2)]
    public void Read_NoYaml_NamesTheLineAndTheRemedy(string yaml, int line)
    {
        var findings = Read(yaml).Findings;

        Assert.StartsWith($"f.yaml, line {line}: ", findings, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", findings, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MutatedFiles_SettingsOrFindings()
    {
        var yaml = SettingsText.ToYaml(new TrainSettings { Network = "mlp(256, norm batch)", Name = "a b" });
        var unusable = 0;
        const int Files = 10_000;
        for (var n = 0; n < Files; n++)
        {
            var random = new CounterRandom(1, 2, n);
            var text = new StringBuilder(yaml);
            for (var change = 1 + random.NextInt(4); change > 0; change--)
            {
                var at = random.NextInt(text.Length);
                var piece = Pieces[random.NextInt(Pieces.Length)];
                _ = random.NextInt(2) == 0 ? text.Insert(at, piece) : text.Remove(at, 1).Insert(at, piece);
            }

            unusable += Read(text.ToString()).Findings.Length > 0 ? 1 : 0;
        }

        Assert.InRange(unusable, Files / 4, Files - 1);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("{a: ")]
    public void Read_DeeplyNested_Finding(string opening) =>
        Assert.NotEmpty(Read("batch: " + string.Concat(Enumerable.Repeat(opening, 2_000))).Findings);

    [Fact]
    public void Read_FileOfAProgram_OneSentence()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, $"{ConfigurationText.FirstLine}\nnetwork: \"own\"\n");
        var findings = new List<Finding>();

        Assert.Equal(new TrainSettings(), ConfigurationFile.Read(file, new TrainSettings(), findings));
        Assert.Equal(
            $"--config is '{file}', which a program wrote for a network and data of its own, and no command has these; "
            + "run that program again, or name a file that rubato train wrote.",
            $"{Assert.Single(findings)}");
        File.Delete(file);
    }

    private static (TrainSettings Settings, string Findings) Read(string yaml)
    {
        var findings = new List<Finding>();
        var settings = ConfigurationFile.Read(new StringReader(yaml), "f.yaml", new TrainSettings(), findings);
        return (settings, string.Join('\n', findings));
    }
}
