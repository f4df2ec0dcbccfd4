using System.Diagnostics;
using System.Globalization;
using Rubato.Torch.Parallel;
using static TorchSharp.torch;

namespace Rubato.Processes;

/// <summary>Times the sum of tensors over processes.</summary>
internal static class Timing
{
    private const int Warm = 3;

    /// <summary>Prints the median milliseconds of a sum of each size; all processes begin it together.</summary>
    internal static void Sums(IPeers peers, long[] counts)
    {
        foreach (var count in counts)
        {
            using var numbers = zeros(count);
            using var meet = zeros(1);
            var repeats = count > 5_000_000 ? 9 : count > 1_000_000 ? 15 : 41;
            var times = new List<double>();
            for (var i = 0; i < repeats + Warm; i++)
            {
                numbers.fill_(1.0 / peers.Size);
                peers.Sum(meet);
                var start = Stopwatch.GetTimestamp();
                peers.Sum(numbers);
                if (i >= Warm)
                {
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }

            times.Sort();
            if (peers.Rank == 0)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{peers.Engine}, {peers.Size} processes, {count} floats: {times[times.Count / 2]:F3} ms"));
            }
        }
    }
}
