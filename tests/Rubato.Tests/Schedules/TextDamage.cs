using System.Globalization;
using System.Text;

namespace Rubato.Tests.Schedules;

/// <summary>Texts that nobody meant to write.</summary>
internal static class TextDamage
{
    /// <summary>How many are tried: RUBATO_MUTATIONS, or as many as an ordinary run takes.</summary>
    internal static int Count(int ordinaryRun) =>
        Environment.GetEnvironmentVariable("RUBATO_MUTATIONS") is { } wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : ordinaryRun;

    /// <summary>Random bytes, read as text of one of two encodings.</summary>
    internal static string Noise(ref CounterRandom random, int longest)
    {
        var bytes = new byte[random.NextInt(longest)];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)random.NextInt(256);
        }

        return (random.NextInt(2) == 0 ? Encoding.Latin1 : Encoding.UTF8).GetString(bytes);
    }

    /// <summary>A text with some characters left out and some pieces put in.</summary>
    internal static string Damaged(string text, string[] pieces, ref CounterRandom random)
    {
        var damaged = new StringBuilder(text);
        for (var left = 1 + random.NextInt(3); left > 0; left--)
        {
            var at = random.NextInt(damaged.Length + 1);
            var length = Math.Min(random.NextInt(6), damaged.Length - at);
            if (random.NextInt(3) > 0)
            {
                damaged.Remove(at, length);
            }

            if (random.NextInt(3) > 0)
            {
                damaged.Insert(at, pieces[random.NextInt(pieces.Length)]);
            }
        }

        return damaged.ToString();
    }
}
