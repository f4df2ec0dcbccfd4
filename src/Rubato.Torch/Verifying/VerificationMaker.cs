using Rubato.Rewrites;
using Rubato.Torch.Objectives;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Verifying;

/// <summary>Makes the choices that the settings of a trainer leave open for a verification.</summary>
internal static class VerificationMaker
{
    /// <summary>The verification of an exponential form.</summary>
    /// <param name="subject">Makes copies of the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="settings">How it trains; without an exponential form it is <c>exponential</c>.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="closeness">How closely to look.</param>
    /// <exception cref="InvalidInputException">Settings, network and samples do not go together; all findings at once.</exception>
    internal static Verification Of(
        TrainingSubject subject, Module network, TrainerSettings settings, Rate rate, VerificationSettings closeness)
    {
        List<Finding> findings = [.. closeness.Findings()];
        if (rate is RehearsedRate or RangeTestedRate)
        {
            findings.Add(new Finding(
                nameof(rate), rate, "which is found before a run", "give a rate to verify with, for instance Schedule.Cosine(0.1, 0)"));
        }

        if (closeness.IsDouble && SharesParameters(network) && TaskMaker.TypeOf(network) != ScalarType.Float64)
        {
            findings.Add(new Finding(
                nameof(closeness.IsDouble),
                closeness.IsDouble,
                $"but modules of the network {network.GetName()} share parameters, "
                    + "and TorchSharp's conversion to 64 bits does not keep that",
                "set it to false, which compares in the network's own type"));
        }

        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        var grown = settings with
        {
            Rewrite = settings.Rewrite with { Exponential = settings.Rewrite.Exponential ?? new ExponentialRewrite() },

            // The network is not touched, which finding out another order would do.
            MemoryFormat = settings.MemoryFormat ?? MemoryFormat.Contiguous,

            // Nothing is written or chosen.
            Folder = null,
            Validation = null,
            Best = null,
            StopEarly = null,
        };
        return new Verification(TaskMaker.Build(subject, network, grown, rate), closeness);
    }

    private static bool SharesParameters(Module network)
    {
        var seen = new HashSet<nint>();
        return network.modules()
            .Distinct<Module>(ReferenceEqualityComparer.Instance)
            .SelectMany(module => module.parameters(recurse: false))
            .Any(parameter => !seen.Add(parameter.Handle));
    }
}
