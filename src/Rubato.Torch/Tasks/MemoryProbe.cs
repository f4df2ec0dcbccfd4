using System.Runtime.InteropServices;
using Rubato.Torch.Memory;
using Rubato.Torch.Objectives;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Tasks;

/// <summary>
/// Finds out in which order of memory a network is computed: channels-last if it has convolutions over images, is computed on the CPU, and
/// can be computed so. A module that takes a view of its input, for instance, cannot.
/// </summary>
internal static class MemoryProbe
{
    private const int MostSamples = 2;

    internal static MemoryFormat Choose(TrainingSubject subject, Module network, Device device) =>
        !Devices.IsCuda(device) && network.modules().OfType<Conv2d>().Any() && CanBeComputed(subject, network, device)
            ? MemoryFormat.ChannelsLast
            : MemoryFormat.Contiguous;

    // In evaluation mode: running statistics and the random state stay what they are.
    private static bool CanBeComputed(TrainingSubject subject, Module network, Device device)
    {
        var modes = new ModuleModes(network);
        try
        {
            using var scope = NewDisposeScope();
            network.MoveTo(device, MemoryFormat.ChannelsLast);
            network.eval();
            var objective = subject.Training(network, new Placement(device, MemoryFormat.ChannelsLast, TaskMaker.TypeOf(network)));
            objective.Loss([.. Enumerable.Range(0, Math.Min(MostSamples, objective.Count))], SampleDraw.Evaluation).backward();
            return true;
        }
        catch (Exception exception) when (exception is ExternalException or ArgumentException)
        {
            return false;
        }
        finally
        {
            foreach (var parameter in network.parameters())
            {
                parameter.grad = null;
            }

            modes.PutBack();
        }
    }
}
