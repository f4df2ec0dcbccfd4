using System.Collections.Immutable;
using System.Globalization;
using Rubato.Data.Datasets;
using Rubato.Data.Datasets.Idx;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Fuzzing;

/// <summary>
/// Damaged files load or give findings: no other exception, no hang, and no more allocation than ten times the files' own size and a
/// constant. RUBATO_MUTATIONS sets how many are tried.
/// </summary>
public sealed class MutatedFilesTests
{
    private const int OrdinaryRun = 2_000;
    private const int FromDiskEvery = 40;
    private const int LargeEvery = 50;

    // What does not grow with the file: a decoder's buffers, at most 20 findings, at most 1,000 class names, a class's lists.
    private const int Constant = 256 << 10;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Load_MutatedFiles_LoadOrGiveFindings()
    {
        var wanted = Environment.GetEnvironmentVariable("RUBATO_MUTATIONS");
        var count = wanted is null ? OrdinaryRun : int.Parse(wanted, CultureInfo.InvariantCulture);
        using var folder = new TemporaryFolder();
        var tally = new Tally();
        var cancellation = TestContext.Current.CancellationToken;
        for (var mutation = 0; mutation < count; mutation++)
        {
            var number = mutation;
            await Task.Run(() => Try(number, folder, tally), cancellation).WaitAsync(Hang, cancellation);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} mutated files: {tally.Loaded} loaded, {tally.Refused} refused; most allocated {tally.MostAllocated} bytes; "
            + $"largest ratio to the files' size {tally.LargestRatio:F2} (of files of 64 KiB and more: {tally.Largest})");
        Assert.Equal(count, tally.Loaded + tally.Refused);
        Assert.True(tally.Loaded > count / 50, $"Only {tally.Loaded} of {count} loaded: the mutations are too coarse to reach the decoders' depths.");
        Assert.True(tally.Refused > count / 4, $"Only {tally.Refused} of {count} were refused.");
    }

    [Fact]
    public void Load_Undamaged_StaysWithinTheSameBounds()
    {
        var tally = new Tally();
        foreach (var subject in Subjects.Small.AddRange(Subjects.Large))
        {
            Measure(-1, subject, Files(subject), subject.Kind, Options(0), tally, subject.Load);
        }

        Assert.Equal(Subjects.Small.Length + Subjects.Large.Length, tally.Loaded);
    }

    private static void Try(int mutation, TemporaryFolder folder, Tally tally)
    {
        var random = new CounterRandom(20261122, 0, mutation);
        var subjects = mutation % LargeEvery == 0 ? Subjects.Large : Subjects.Small;
        var subject = subjects[random.NextInt(subjects.Length)];
        var files = Files(subject);
        var damaged = random.NextInt(files.Length);
        var inside = subject.IsPacked && random.NextInt(2) == 0;
        var changed = Mutator.Mutate(inside ? Unpack(files[damaged]) : files[damaged], ref random);
        files = files.SetItem(damaged, inside ? Bytes.Gzip(changed) : changed);
        var options = Options(random.NextInt(4));
        if (mutation % FromDiskEvery != 0)
        {
            Measure(mutation, subject, files, subject.Kind, options, tally, subject.Load);
            return;
        }

        var home = $"{mutation}";
        for (var i = 0; i < files.Length; i++)
        {
            folder.Write(Path.Combine(home, subject.Files[i].Name), files[i]);
        }

        var place = folder.At(subject.Kind == "csv" ? Path.Combine(home, subject.Files[0].Name) : home);
        Measure(mutation, subject, files, subject.Kind, options, tally, (_, chosen) => DatasetCatalog.Load($"{subject.Kind}:{place}", chosen));
        Directory.Delete(folder.At(home), recursive: true);
    }

    private static void Measure(
        int mutation, Subject subject, ImmutableArray<byte[]> files, string kind, DatasetOptions options, Tally tally, Func<ImmutableArray<byte[]>, DatasetOptions, Dataset> load)
    {
        options = kind == "csv" ? options with { Normalization = Normalization.PerChannel } : options with { Label = null };
        var size = files.Sum(file => (long)file.Length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Dataset? dataset = null;
        try
        {
            dataset = load(files, options);
        }
        catch (InvalidInputException exception)
        {
            Assert.All(exception.Message.Split('\n'), finding => Assert.EndsWith(".", finding, StringComparison.Ordinal));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Mutation {mutation} ({kind}) gave {exception.GetType().Name} instead of findings.", exception);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // A .gz file may always unpack to 128 KiB; a mean image is one float a pixel of one image.
        var limit = (10 * size) + Constant + (subject.IsPacked ? IdxFile.AlwaysAllowed : 0)
            + (options.Normalization == Normalization.MeanImage && dataset is not null ? 4L * dataset.Train.ExampleLength : 0);
        Assert.True(allocated <= limit, $"Mutation {mutation} ({kind}) allocated {allocated} bytes for files of {size}; the limit is {limit}.");
        tally.Add(kind, dataset is not null, size, allocated);
        if (dataset is not null)
        {
            Assert.All(Check.All(dataset.Test), value => Assert.True(float.IsFinite(value)));
        }
    }

    private static ImmutableArray<byte[]> Files(Subject subject) => [.. subject.Files.Select(file => file.Content)];

    private static DatasetOptions Options(int draw) =>
        new() { Label = "k", HeldOut = 0.4, Normalization = draw == 0 ? Normalization.MeanImage : Normalization.PerChannel, TrainSamples = null };

    private static byte[] Unpack(byte[] packed)
    {
        using var stream = new System.IO.Compression.GZipStream(new MemoryStream(packed), System.IO.Compression.CompressionMode.Decompress);
        var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }

    private sealed class Tally
    {
        private const long Sizeable = 64 << 10;

        internal int Loaded { get; private set; }

        internal int Refused { get; private set; }

        internal long MostAllocated { get; private set; }

        internal double LargestRatio { get; private set; }

        internal string Largest { get; private set; } = "none";

        internal void Add(string kind, bool loaded, long size, long allocated)
        {
            Loaded += loaded ? 1 : 0;
            Refused += loaded ? 0 : 1;
            MostAllocated = Math.Max(MostAllocated, allocated);
            if (size >= Sizeable && (double)allocated / size > LargestRatio)
            {
                (LargestRatio, Largest) = ((double)allocated / size, $"{kind}, {size} bytes, {(loaded ? "loaded" : "refused")}");
            }
        }
    }
}
