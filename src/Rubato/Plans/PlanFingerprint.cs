using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rubato.Plans;

/// <summary>A short name of all that a plan says, by which a saved state knows its plan again.</summary>
internal static class PlanFingerprint
{
    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the settings' text.</summary>
    internal static string Of(PlanSettings settings)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{settings.Length}|{settings.SamplesPerEpoch}|{settings.Tail}|");
        text.Append(
            CultureInfo.InvariantCulture, $"{settings.LearningRate}|{settings.BatchSize}|{settings.Momentum}|{settings.WeightDecay}");
        foreach (var group in settings.Groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"|{group.Name}|{group.LearningRate}|{group.Momentum}|{group.WeightDecay}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
