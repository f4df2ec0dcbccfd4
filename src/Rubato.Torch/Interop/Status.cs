namespace Rubato.Torch.Interop;

/// <summary><c>rt_status</c>; the failures are <see cref="TorchErrorKind"/>.</summary>
internal enum Status
{
    Ok = 0,
}
