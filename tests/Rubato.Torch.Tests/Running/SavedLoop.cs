using Rubato.Torch.Running;

namespace Rubato.Torch.Tests.Running;

/// <summary>A loop's state as a checkpoint has it.</summary>
internal sealed record SavedLoop(string Position, byte[] Tensors)
{
    internal static SavedLoop Of(TrainingLoop loop)
    {
        using var tensors = new MemoryStream();
        loop.SaveTensors(tensors);
        return new SavedLoop(loop.Position, tensors.ToArray());
    }

    internal void LoadInto(TrainingLoop loop, string name = "saved") => loop.Load(Position, new MemoryStream(Tensors), name);
}
