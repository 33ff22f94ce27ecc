"""How the functions of expressions are said in Vietnamese."""

from collections.abc import Callable

Say = Callable[[list[str]], str]

FUNCTION_PROSE: dict[str, Say] = {
    "min": lambda said: f"số nhỏ nhất trong ({'; '.join(said)})",
    "max": lambda said: f"số lớn nhất trong ({'; '.join(said)})",
    "abs": lambda said: f"giá trị tuyệt đối của {said[0]}",
    "round": lambda said: f"{said[0]} làm tròn" + (f" đến {said[1]} số lẻ" if len(said) > 1 else ""),
    "floor": lambda said: f"{said[0]} làm tròn xuống",
    "ceil": lambda said: f"{said[0]} làm tròn lên",
    "length": lambda said: f"độ dài của {said[0]}",
    "starts_with": lambda said: f"{said[0]} bắt đầu bằng {said[1]}",
    "contains": lambda said: f"{said[0]} có chứa {said[1]}",
    "has": lambda said: f"{said[0]} có chọn {said[1]}",
    "year": lambda said: f"năm của {said[0]}",
    "month": lambda said: f"tháng của {said[0]}",
    "day": lambda said: f"ngày trong tháng của {said[0]}",
    "days_between": lambda said: f"số ngày từ {said[0]} đến {said[1]}",
    "months_between": lambda said: f"số tháng tròn từ {said[0]} đến {said[1]}",
    "years_between": lambda said: f"số năm tròn từ {said[0]} đến {said[1]}",
    "working_days_between": lambda said: f"số ngày làm việc từ {said[0]} đến {said[1]}",
    "add": lambda said: f"{said[1]} kể từ {said[0]}",
    "lookup": lambda said: f"{said[2]} của {said[1]}",
    "unit_of": lambda said: f"đơn vị của {said[0]}",
    "within_unit": lambda said: f"{said[0]} thuộc {said[1]}",
    "done": lambda said: f"đã xong bước {said[0]}",
    "visits": lambda said: f"số lần qua bước {said[0]}",
    "late": lambda said: f"bước {said[0]} trễ hạn",
    "chosen": lambda said: f"lựa chọn ở bước {said[0]}",
    "opinions": lambda said: f"số ý kiến {said[1]} ở bước {said[0]}",
    "answered": lambda said: f"số nơi đã trả lời ở bước {said[0]}",
    "asked": lambda said: f"số nơi được hỏi ở bước {said[0]}",
    "handed_in": lambda said: f"đã nộp {said[0]}",
    "paid": lambda said: f"đã nộp tiền {said[0]}",
    "supplements": lambda said: "số lần yêu cầu bổ sung",
}

_OVER_PROSE: dict[str, str] = {
    "sum": "tổng {column} của {table}",
    "min": "{column} nhỏ nhất của {table}",
    "max": "{column} lớn nhất của {table}",
    "count": "số dòng của {table}",
    "any": "có dòng của {table}",
    "all": "mọi dòng của {table} đều thỏa mãn:",
}


def over_prose(function: str, table: str, column: str, condition: str) -> str:
    """`số dòng của Danh sách mà Số ngày lớn hơn 3`."""
    said = _OVER_PROSE[function].format(table=table, column=column)
    if not condition:
        return said
    return f"{said} {condition}" if function == "all" else f"{said} mà {condition}"
