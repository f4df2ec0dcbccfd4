#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "guard.h"
#include "handles.h"

using namespace rubato;

void rt_tensor_release(rt_tensor tensor) {
  // Taking the pointer back drops its reference at the end of the statement.
  TensorPointer::reclaim(static_cast<c10::TensorImpl*>(tensor));
}

rt_status rt_tensor_layout(rt_tensor handle, rt_layout* layout) {
  return guarded([&] {
    const auto tensor = borrow(handle);
    TORCH_CHECK(tensor.dim() <= RT_MAX_DIMENSIONS, "tensors of more than ", RT_MAX_DIMENSIONS, " dimensions are not supported");
    layout->dimensions = static_cast<int32_t>(tensor.dim());
    layout->element_count = tensor.numel();
    layout->scalar_type = static_cast<int32_t>(tensor.scalar_type());
    layout->device = pack_device(tensor.device());
    layout->requires_grad = tensor.requires_grad() ? 1 : 0;
    layout->data = tensor.device().is_cpu() && tensor.is_non_overlapping_and_dense() ? tensor.data_ptr() : nullptr;
    for (int32_t i = 0; i < layout->dimensions; i++) {
      layout->sizes[i] = tensor.size(i);
      layout->strides[i] = tensor.stride(i);
    }
  });
}

rt_status rt_tensor_data(rt_tensor handle, void** data) {
  return guarded([&] {
    const auto tensor = borrow(handle);
    TORCH_CHECK(tensor.device().is_cpu(), "only a tensor on the CPU has memory that can be read directly");
    TORCH_CHECK(tensor.is_non_overlapping_and_dense(), "only a dense tensor has memory that can be read directly");
    *data = tensor.data_ptr();
  });
}

rt_status rt_tensor_item(rt_tensor handle, double* value) {
  return guarded([&] { *value = borrow(handle).item().toDouble(); });
}

rt_status rt_set_requires_grad(rt_tensor handle, int32_t requires_grad) {
  return guarded([&] {
    const auto tensor = borrow(handle);
    // libtorch checks this in Python only; here it would be ignored in silence.
    TORCH_CHECK(tensor.is_leaf(), "only a leaf can be told whether it requires a gradient; this tensor was computed from one that does");
    tensor.set_requires_grad(requires_grad != 0);
  });
}

rt_status rt_backward(rt_tensor root, int32_t keep_graph) {
  return guarded([&] { borrow(root).backward({}, keep_graph != 0); });
}

rt_status rt_gradients(const rt_tensor* leaves, int32_t count, rt_tensor* gradients) {
  return guarded([&] {
    for (int32_t i = 0; i < count; i++) {
      gradients[i] = give(at::Tensor(borrow(leaves[i]).grad()));
    }
  });
}

rt_status rt_clear_gradients(const rt_tensor* leaves, int32_t count) {
  return guarded([&] {
    for (int32_t i = 0; i < count; i++) {
      borrow(leaves[i]).mutable_grad().reset();
    }
  });
}

int32_t rt_set_grad_mode(int32_t enabled) {
  const auto before = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(enabled != 0);
  return before ? 1 : 0;
}
